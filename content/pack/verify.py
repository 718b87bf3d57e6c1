#!/usr/bin/env python3
"""Verifies a Wardbook evidence pack with nothing but Python 3.8 or later: no network, no other package.

    python3 data/verify/verify.py [PACK_FOLDER_OR_ZIP] [--key FINGERPRINT_OR_FILE]... [OTHER_CHECKPOINT]...

Exit code 0: valid, signed by a key you trust. 2: consistent, signer unknown. 1: invalid, or not readable.
SPEC.txt beside this file describes every format and every check. Take this program from a place you trust
rather than from the pack under test, or write your own from SPEC.txt.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import sys
import zipfile

# ---------------------------------------------------------------- words for what is wrong


class Bad(Exception):
    """Something in the pack is wrong; seq is the event it stands at, when it stands at one."""

    def __init__(self, message, seq=None):
        super().__init__(message)
        self.seq = seq


class CannotRead(Exception):
    """What was typed, or a file on this disk, is not what this program needs."""


# ---------------------------------------------------------------- bytes and text


def sha256(data):
    return hashlib.sha256(data).digest()


def sha256_hex(data):
    return hashlib.sha256(data).hexdigest()


def decode_utf8(data, what):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Bad("%s is not valid UTF-8" % what)


def decode_base64(text, what):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        data = None
    if data is None or base64.b64encode(data).decode("ascii") != text:
        raise Bad("%s is not canonical base64" % what)
    return data


def lines_of(text, what):
    if text == "":
        return []
    if not text.endswith("\n"):
        raise Bad("%s does not end with a line feed" % what)
    return text[:-1].split("\n")


def parse_count(text, what):
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text) or int(text) > MAX_INTEGER:
        raise Bad("%s is not a whole number in plain decimal" % what)
    return int(text)


def is_hash(text):
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def is_text(value):
    """A string that has bytes: JSON can spell half of a surrogate pair, which has none."""
    if not isinstance(value, str):
        return False
    try:
        value.encode("utf-8")
        return True
    except UnicodeEncodeError:
        return False


MAX_INTEGER = 2 ** 53 - 1


def is_whole(value):
    return type(value) is int and -MAX_INTEGER <= value <= MAX_INTEGER


def read_json(text, what):
    def refuse_constant(name):
        raise ValueError(name)

    def read_integer(digits):
        return int(digits) if len(digits) < 20 else float(digits)

    try:
        return json.loads(text, parse_constant=refuse_constant, parse_int=read_integer)
    except (ValueError, RecursionError):
        raise Bad("%s is not JSON" % what)


def exact_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# ---------------------------------------------------------------- Ed25519 (RFC 8032), verification only

ED_P = 2 ** 255 - 19
ED_L = 2 ** 252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, ED_P - 2, ED_P) % ED_P
ED_ROOT_OF_MINUS_ONE = pow(2, (ED_P - 1) // 4, ED_P)
ED_NEUTRAL = (0, 1, 1, 0)  # X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z


def ed_add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % ED_P
    f = (a[1] + a[0]) * (b[1] + b[0]) % ED_P
    g = 2 * a[3] * b[3] * ED_D % ED_P
    h = 2 * a[2] * b[2] % ED_P
    p, q, r, s = f - e, h - g, h + g, f + e
    return (p * q % ED_P, r * s % ED_P, q * r % ED_P, p * s % ED_P)


def ed_point(data):
    """The point of 32 bytes, or None when they are no point."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, (number & (2 ** 255 - 1)) % ED_P
    u, v = (y * y - 1) % ED_P, (ED_D * y * y + 1) % ED_P
    x = u * pow(v, 3, ED_P) * pow(u * pow(v, 7, ED_P), (ED_P - 5) // 8, ED_P) % ED_P
    if (v * x * x - u) % ED_P != 0:
        x = x * ED_ROOT_OF_MINUS_ONE % ED_P
    if (v * x * x - u) % ED_P != 0:
        return None
    if x & 1 != sign:
        x = -x % ED_P
    return (x, y, 1, x * y % ED_P)


ED_BASE = ed_point((4 * pow(5, ED_P - 2, ED_P) % ED_P).to_bytes(32, "little"))


def ed25519_verifies(message, signature, public):
    point = ed_point(public) if len(public) == 32 else None
    if point is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ED_L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ED_L
    minus_a = (-point[0] % ED_P, point[1], 1, -point[3] % ED_P)
    both, total = ed_add(ED_BASE, minus_a), ED_NEUTRAL
    for bit in range(252, -1, -1):  # s*B - k*A, one bit of each at a time
        total = ed_add(total, total)
        in_s, in_k = s >> bit & 1, k >> bit & 1
        if in_s or in_k:
            total = ed_add(total, both if in_s and in_k else ED_BASE if in_s else minus_a)
    inverse = pow(total[2], ED_P - 2, ED_P)
    x, y = total[0] * inverse % ED_P, total[1] * inverse % ED_P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ---------------------------------------------------------------- ECDSA over P-256 (FIPS 186-5), verification only

EC_P = 2 ** 256 - 2 ** 224 + 2 ** 192 + 2 ** 96 - 1
EC_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
EC_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
EC_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
P256_SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")


def ec_add(a, b):
    """Affine addition; None is the point at infinity."""
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0]:
        if (a[1] + b[1]) % EC_P == 0:
            return None
        slope = 3 * (a[0] * a[0] - 1) * pow(2 * a[1], -1, EC_P) % EC_P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, EC_P) % EC_P
    x = (slope * slope - a[0] - b[0]) % EC_P
    return (x, (slope * (a[0] - x) - a[1]) % EC_P)


def der_integer(data, at):
    """A positive minimal DER INTEGER at a place, and the place after it; None when there is none."""
    if len(data) < at + 2 or data[at] != 2 or not 1 <= data[at + 1] <= 33:
        return None
    value = data[at + 2:at + 2 + data[at + 1]]
    minimal = len(value) == 1 or value[:1] != b"\0" or value[1:2] > b"\x7f"
    if len(value) != data[at + 1] or value[0] > 0x7F or not minimal:
        return None
    return int.from_bytes(value, "big"), at + 2 + len(value)


def der_signature(data):
    if len(data) < 8 or data[0] != 0x30 or data[1] != len(data) - 2:
        return None
    r = der_integer(data, 2)
    s = der_integer(data, r[1]) if r else None
    return (r[0], s[0]) if s and s[1] == len(data) else None


def p256_verifies(message, signature, point):
    parts = der_signature(signature)
    if parts is None or not (1 <= parts[0] < EC_N and 1 <= parts[1] < EC_N):
        return False
    r, s = parts
    w = pow(s, -1, EC_N)
    u, v = int.from_bytes(sha256(message), "big") * w % EC_N, r * w % EC_N
    both, total = ec_add(EC_G, point), None
    for bit in range(255, -1, -1):
        total = ec_add(total, total)
        in_u, in_v = u >> bit & 1, v >> bit & 1
        if in_u or in_v:
            total = ec_add(total, both if in_u and in_v else EC_G if in_u else point)
    return total is not None and total[0] % EC_N == r


# ---------------------------------------------------------------- public keys and fingerprints

ED_SPKI_PREFIX = bytes.fromhex("302a300506032b6570032100")


def pem_of(spki):
    encoded = base64.b64encode(spki).decode("ascii")
    lines = [encoded[start:start + 64] for start in range(0, len(encoded), 64)]
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % "\n".join(lines)


def parse_p256_pem(pem):
    """The DER and the point of a P-256 public key in its one PEM form."""
    lines = pem.split("\n")
    spki = decode_base64("".join(lines[1:-2]), "the P-256 key")
    if len(spki) != 91 or not spki.startswith(P256_SPKI_PREFIX) or pem_of(spki) != pem:
        raise Bad("not a P-256 public key in its exact PEM form")
    x, y = int.from_bytes(spki[27:59], "big"), int.from_bytes(spki[59:], "big")
    if x >= EC_P or y >= EC_P or (y * y - (x * x * x - 3 * x + EC_B)) % EC_P != 0:
        raise Bad("not a public key in PEM")
    return spki, (x, y)


def field(data):
    return len(data).to_bytes(4, "big") + data


def ssh_key_blob(public):
    return field(b"ssh-ed25519") + field(public)


def ssh_key_line(public):
    return "ssh-ed25519 " + base64.b64encode(ssh_key_blob(public)).decode("ascii")


def ssh_fingerprint(public):
    return "SHA256:" + base64.b64encode(sha256(ssh_key_blob(public))).decode("ascii").rstrip("=")


def parse_ssh_key_line(line):
    parts = line.split(" ")
    if len(parts) < 2 or parts[0] != "ssh-ed25519":
        raise Bad("not an OpenSSH Ed25519 public key")
    blob = decode_base64(parts[1], "the OpenSSH public key")
    public = blob[-32:]
    if len(public) != 32 or ssh_key_blob(public) != blob:
        raise Bad("not an OpenSSH Ed25519 public key")
    return public


NAMESPACE = b"evidence-pack"


def parse_allowed_signers(line):
    parts = line.split(" ")
    if len(parts) < 2 or parts[1] != 'namespaces="evidence-pack"':
        raise Bad("not an allowed_signers line for the namespace evidence-pack")
    public = parse_ssh_key_line(" ".join(parts[2:]))
    rebuilt = '%s namespaces="evidence-pack" %s' % (parts[0], ssh_key_line(public))
    if not re.fullmatch(r"[A-Za-z0-9._%@+-]+", parts[0]) or rebuilt != line:
        raise Bad("not an allowed_signers line in its exact form")
    return parts[0], public


def ssh_signature_blob(public, signature):
    wrapped = field(b"ssh-ed25519") + field(signature)
    purpose = field(NAMESPACE) + field(b"") + field(b"sha512")
    return b"SSHSIG" + (1).to_bytes(4, "big") + field(ssh_key_blob(public)) + purpose + field(wrapped)


def ssh_armor(blob):
    encoded = base64.b64encode(blob).decode("ascii")
    lines = [encoded[start:start + 70] for start in range(0, len(encoded), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----"] + lines + ["-----END SSH SIGNATURE-----", ""])


def ssh_verifies(message, armored, public):
    blob = decode_base64("".join(armored.split("\n")[1:-2]), "the SSH signature")
    if ssh_armor(blob) != armored:
        raise Bad("the SSH signature is not in the exact form ssh-keygen writes")
    key_start = 6 + 4 + 4 + 4 + 11 + 4
    key, signature = blob[key_start:key_start + 32], blob[-64:]
    if len(key) != 32 or ssh_signature_blob(key, signature) != blob:
        raise Bad("the signature is not one by an Ed25519 key over SHA-512 for the namespace evidence-pack")
    digest = hashlib.sha512(message).digest()
    signed = b"SSHSIG" + field(NAMESPACE) + field(b"") + field(b"sha512") + field(digest)
    return key == public and ed25519_verifies(signed, signature, public)


# ---------------------------------------------------------------- notes, checkpoints, receipts (c2sp.org)


def note_key_id(name, public):
    return sha256(name.encode("utf-8") + b"\n\x01" + public)[:4].hex()


def assert_key_name(name):
    if name == "" or "+" in name or any(character.isspace() for character in name):
        raise Bad("a key name is empty or has a space or plus")


def vkey_of(name, public):
    return "%s+%s+%s" % (name, note_key_id(name, public), base64.b64encode(b"\x01" + public).decode("ascii"))


def parse_vkey(line):
    match = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([^\n]+)", line)
    if match is None:
        raise Bad("the log key is not of the form name+id+key")
    data = decode_base64(match.group(3), "the log key")
    if len(data) != 33 or data[0] != 1:
        raise Bad("the log key is not an Ed25519 key")
    name, public = match.group(1), data[1:]
    assert_key_name(name)
    if note_key_id(name, public) != match.group(2):
        raise Bad("the log key's id does not belong to its name and key")
    return name, public


def parse_note(text):
    """The signed text, and (name, key id, signature) of each signature line."""
    split = text.rfind("\n\n")
    if split < 0:
        raise Bad("the note has no blank line before its signatures")
    signed, rest = text[:split + 1], text[split + 2:]
    if any(character < " " and character != "\n" for character in signed):
        raise Bad("the note contains a control character")
    if not rest.endswith("\n"):
        raise Bad("the note does not end with a line feed")
    signatures = [parse_signature_line(line) for line in rest[:-1].split("\n")]
    if len(signatures) > 16:
        raise Bad("the note has more than 16 signatures")
    return signed, signatures


def parse_signature_line(line):
    match = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line)
    if match is None:
        raise Bad("a signature line of the note is malformed")
    assert_key_name(match.group(1))
    data = decode_base64(match.group(2), "a signature of the note")
    if len(data) <= 4:
        raise Bad("a signature of the note is too short")
    return match.group(1), data[:4].hex(), data[4:]


class Checkpoint:
    def __init__(self, text):
        self.text = text
        self.signed, self.signatures = parse_note(text)
        lines = self.signed[:-1].split("\n")
        if len(lines) != 3 or lines[0] == "":
            raise Bad("the checkpoint is not three lines: origin, size, root")
        self.origin = lines[0]
        self.root = decode_base64(lines[2], "the checkpoint's root")
        if len(self.root) != 32:
            raise Bad("the checkpoint's root is not 32 bytes")
        self.size = parse_count(lines[1], "the checkpoint's size")

    def signed_by(self, name, public):
        key_id = note_key_id(name, public)
        own = [entry[2] for entry in self.signatures if entry[0] == name and entry[1] == key_id]
        message = self.signed.encode("utf-8")
        return name == self.origin and bool(own) and all(ed25519_verifies(message, one, public) for one in own)


PROOF_FORMAT = "c2sp.org/tlog-proof@v1"


class Receipt:
    def __init__(self, text):
        split = text.find("\n\n")
        if split < 0:
            raise Bad("the proof has no blank line before its checkpoint")
        lines = text[:split].split("\n")
        if lines[0] != PROOF_FORMAT:
            raise Bad("the proof does not begin with %s" % PROOF_FORMAT)
        if len(lines) < 2 or not lines[1].startswith("index "):
            raise Bad("the proof has no index line")
        if len(lines) > 2 + 53:
            raise Bad("the proof is longer than any tree is high")
        self.index = parse_count(lines[1][len("index "):], "the proof's index")
        self.hashes = [decode_base64(line, "a hash of the proof") for line in lines[2:]]
        if any(len(one) != 32 for one in self.hashes):
            raise Bad("a hash of the proof is not 32 bytes")
        self.checkpoint = Checkpoint(text[split + 2:])

    def covers(self, leaf):
        """RFC 9162 section 2.1.3.2."""
        if self.index >= self.checkpoint.size:
            return False
        node, position, last = leaf, self.index, self.checkpoint.size - 1
        for sibling in self.hashes:
            if last == 0:
                return False
            if position & 1 or position == last:
                node = node_hash(sibling, node)
                while not position & 1 and position != 0:
                    position, last = position >> 1, last >> 1
            else:
                node = node_hash(node, sibling)
            position, last = position >> 1, last >> 1
        return last == 0 and node == self.checkpoint.root


# ---------------------------------------------------------------- the tree (RFC 6962)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def merkle_root(leaves):
    """The root over leaf hashes, by keeping the roots of the complete subtrees."""
    frontier = []
    for count, leaf in enumerate(leaves):
        node = leaf
        while count & 1:
            node = node_hash(frontier.pop(), node)
            count >>= 1
        frontier.append(node)
    if not frontier:
        return sha256(b"")
    root = frontier.pop()
    while frontier:
        root = node_hash(frontier.pop(), root)
    return root


# ---------------------------------------------------------------- CSV and manifests


def write_cell(cell):
    guarded = "'" + cell if re.match(r"'*[=+\-@\t\r]", cell) else cell
    return '"%s"' % guarded.replace('"', '""') if re.search(r'[",\r\n]', guarded) else guarded


def csv_text(rows):
    return "".join(",".join(write_cell(cell) for cell in row) + "\r\n" for row in rows)


PLAIN_CELL = re.compile(r"[^,\r\n]*")


def split_csv(text, what):
    rows, row, at = [], [], 0
    while at < len(text):
        if text[at] == '"':
            cell, end = read_quoted(text, at, what)
        else:
            end = PLAIN_CELL.match(text, at).end()
            cell = text[at:end]
        row.append(cell)
        if text[end:end + 1] == ",":
            at = end + 1
            continue
        if text[end:end + 2] != "\r\n":
            raise Bad("%s, line %d, does not end in CRLF" % (what, len(rows) + 1))
        rows.append(row)
        row, at = [], end + 2
    if row:
        raise Bad("%s ends within a row" % what)
    return rows


def read_quoted(text, start, what):
    parts, at = [], start + 1
    while True:
        quote = text.find('"', at)
        if quote < 0:
            raise Bad("%s has a quotation mark that is never closed" % what)
        parts.append(text[at:quote])
        if text[quote + 1:quote + 2] != '"':
            return "".join(parts), quote + 1
        parts.append('"')
        at = quote + 2


def parse_csv(text, what):
    """Rows with the formula guards taken off. There is one text for one table: anything else is refused."""
    guarded = re.compile(r"'+[=+\-@\t\r]")
    rows = [[cell[1:] if guarded.match(cell) else cell for cell in row] for row in split_csv(text, what)]
    if csv_text(rows) != text:
        raise Bad("%s is not in the exact CSV form" % what)
    return rows


def parse_table(text, columns, what):
    rows = parse_csv(text, what)
    if not rows or ",".join(rows[0]) != ",".join(columns):
        raise Bad("%s does not have the columns %s" % (what, ",".join(columns)))
    for number, row in enumerate(rows[1:], 1):
        if len(row) != len(rows[0]):
            raise Bad("%s, row %d, has %d cells instead of %d" % (what, number, len(row), len(rows[0])))
    return rows[1:]


def path_fault(path):
    if len(path) > 150:
        return "is longer than 150 characters"
    if path.startswith("/"):
        return "is absolute"
    if not re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", path):
        return "has characters other than A-Z a-z 0-9 . _ - /, or an empty part"
    if any(part in (".", "..") for part in path.split("/")):
        return "leads out of its folder"
    return None


def assert_paths(paths):
    seen = {}
    for path in paths:
        fault = path_fault(path)
        if fault is not None:
            raise Bad("the path %s %s" % (exact_json(path), fault))
    for path in paths:
        if path.lower() in seen:
            raise Bad("the paths %s and %s differ only in case" % (seen[path.lower()], path))
        seen[path.lower()] = path


def parse_manifest(text, what):
    manifest = {}
    for number, line in enumerate(lines_of(text, what), 1):
        match = re.fullmatch(r"([0-9a-f]{64})  (\S+)", line)
        if match is None:
            raise Bad("%s, line %d, is malformed" % (what, number))
        if match.group(2) in manifest:
            raise Bad("%s lists %s twice" % (what, match.group(2)))
        manifest[match.group(2)] = match.group(1)
    assert_paths(list(manifest))
    if list(manifest) != sorted(manifest):
        raise Bad("%s is not sorted by path" % what)
    return manifest


# ---------------------------------------------------------------- the pack, each file parsed once

BAGIT_TXT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAG_INFO = re.compile(
    r"Bagging-Date: ([0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    r"External-Identifier: ([^\n]+)\n"
    r"Payload-Oxum: (0|[1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,15})\n"
)
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SSH_SIGNATURE = "signatures/tagmanifest-sha256.txt.sig"
P256_SIGNATURE = "signatures/tagmanifest-sha256.txt.p256.sig"
ENVELOPES, EVENTS = "data/log/envelopes.csv", "data/log/events.jsonl"
EVENTS_CSV, DISCLOSURES = "data/log/events.csv", "data/log/disclosures.jsonl"
CHECKPOINT, PROOFS = "data/log/checkpoint.txt", "data/log/proofs/"
ENVELOPE_COLUMNS = ["seq", "recorded_at", "type", "prev", "body_sha256", "leaf"]
EVENT_COLUMNS = ["seq", "recorded_at", "type", "actor_kind", "actor_id", "object_type", "object_id"]
DEPTH_MAX = 32


class Keys:
    def __init__(self, pack):
        self.principal, self.ssh = parse_allowed_signers(one_line(pack, "data/keys/allowed_signers"))
        self.name, self.log = parse_vkey(one_line(pack, "data/keys/log.vkey"))
        self.spki, self.p256 = parse_p256_pem(pack.text("data/keys/pack-p256.pem"))
        self.fingerprints = [
            ssh_fingerprint(self.ssh),
            "p256:" + sha256_hex(self.spki),
            "log:" + sha256_hex(ED_SPKI_PREFIX + self.log),
        ]

    def files(self):
        listed = {
            "v": 1,
            "origin": self.name,
            "log": {"vkey": vkey_of(self.name, self.log), "fingerprint": self.fingerprints[2]},
            "pack": {
                "principal": self.principal,
                "ssh": ssh_key_line(self.ssh),
                "sshFingerprint": self.fingerprints[0],
                "p256Fingerprint": self.fingerprints[1],
            },
        }
        return {
            "data/keys/keys.json": json.dumps(listed, indent=2, ensure_ascii=False) + "\n",
            "data/keys/log.pem": pem_of(ED_SPKI_PREFIX + self.log),
            "data/keys/pack-ed25519.pub": "%s %s\n" % (ssh_key_line(self.ssh), self.principal),
        }


def one_line(pack, path):
    text = pack.text(path)
    if not text.endswith("\n") or "\n" in text[:-1]:
        raise Bad("%s is not one line" % path)
    return text[:-1]


class Pack:
    """The files of a pack by path from the bag's root."""

    def __init__(self, files):
        self.files = {path: files[path] for path in sorted(files)}
        self.known = {}

    def once(self, name, make):
        if name not in self.known:
            try:
                self.known[name] = (make(), None)
            except Bad as fault:
                self.known[name] = (None, fault)
        value, fault = self.known[name]
        if fault is not None:
            raise Bad(str(fault), fault.seq)
        return value

    def data(self, path):
        if path not in self.files:
            raise Bad("%s is missing" % path)
        return self.files[path]

    def text(self, path):
        return decode_utf8(self.data(path), path)

    def manifest(self):
        return self.once("manifest", lambda: parse_manifest(self.text(MANIFEST), MANIFEST))

    def tag_manifest(self):
        return self.once("tag_manifest", lambda: parse_manifest(self.text(TAG_MANIFEST), TAG_MANIFEST))

    def keys(self):
        return self.once("keys", lambda: Keys(self))

    def checkpoint(self):
        return self.once("checkpoint", lambda: Checkpoint(self.text(CHECKPOINT)))

    def envelopes(self):
        return self.once("envelopes", self.read_envelopes)

    def read_envelopes(self):
        rows = parse_table(self.text(ENVELOPES), ENVELOPE_COLUMNS, ENVELOPES)
        for number, row in enumerate(rows, 1):
            row[0] = parse_count(row[0], "the seq in %s, row %d," % (ENVELOPES, number))
        return rows

    def leaves(self):
        return self.once("leaves", self.read_leaves)

    def read_leaves(self):
        for row in self.envelopes():
            if not is_hash(row[5]):
                raise Bad("the leaf of event %d in %s is not a SHA-256 in hex" % (row[0], ENVELOPES))
        return [bytes.fromhex(row[5]) for row in self.envelopes()]

    def events(self):
        return self.once("events", self.read_events)

    def read_events(self):
        names, events, last = ["seq", "at", "type", "prev", "body_sha256", "leaf", "body"], [], -1
        for number, line in enumerate(lines_of(self.text(EVENTS), EVENTS), 1):
            where = "%s, line %d," % (EVENTS, number)
            event = read_json(line, where)
            fits = isinstance(event, dict) and list(event) == names and is_whole(event["seq"]) and event["seq"] >= 0
            if not fits or not all(is_text(event[name]) for name in names[1:]) or exact_json(event) != line:
                raise Bad("%s is not in the exact form of an event" % where)
            if event["seq"] <= last:
                raise Bad("%s repeats or reverses the order of seq" % where)
            last = event["seq"]
            events.append(event)
        return events

    def bodies(self):
        return self.once("bodies", lambda: {event["seq"]: read_body(event) for event in self.events()})


def read_body(event):
    fault = Bad("the body of event %d in %s is not a JSON object" % (event["seq"], EVENTS))
    try:
        body = read_json(event["body"], "")
    except Bad:
        raise fault
    if not isinstance(body, dict) or depth_of(body) > DEPTH_MAX:
        raise fault
    return body


def members(value):
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list):
        return [(str(index), item) for index, item in enumerate(value)]
    return []


def depth_of(value):
    level = [value]
    for depth in range(DEPTH_MAX + 1):
        level = [member for item in level for _, member in members(item)]
        if not level:
            return depth
    return DEPTH_MAX + 1


# ---------------------------------------------------------------- checks of the bag


def check_paths(pack):
    assert_paths(list(pack.files))
    return "%d files, all with plain names" % len(pack.files)


def payload_of(pack):
    return {path: data for path, data in pack.files.items() if path.startswith("data/")}


def check_bag(pack):
    if pack.text("bagit.txt") != BAGIT_TXT:
        raise Bad("bagit.txt is not that of BagIt 1.0")
    match = BAG_INFO.fullmatch(pack.text("bag-info.txt"))
    if match is None:
        raise Bad("bag-info.txt is not the three lines Bagging-Date, External-Identifier, Payload-Oxum")
    payload = payload_of(pack)
    said, found = (int(match.group(4)), int(match.group(3))), (len(payload), sum(map(len, payload.values())))
    if said != found:
        raise Bad("bag-info.txt speaks of %d files of %d bytes under data/, there are %d of %d" % (said + found))
    named = "%s@%d" % (pack.checkpoint().origin, pack.checkpoint().size)
    if match.group(2) != named:
        raise Bad("bag-info.txt names %s, the checkpoint %s" % (match.group(2), named))
    return "%s, %d files of %d bytes under data/" % ((named,) + found)


def compare_files(files, manifest, what):
    for path, digest in manifest.items():
        if path not in files:
            raise Bad("%s is listed in %s and missing" % (path, what))
        if sha256_hex(files[path]) != digest:
            raise Bad("%s was changed: its SHA-256 is not the one in %s" % (path, what))
    for path in files:
        if path not in manifest:
            raise Bad("%s is not listed in %s" % (path, what))


def check_payload(pack):
    compare_files(payload_of(pack), pack.manifest(), MANIFEST)
    return "%d files under data/ are as listed" % len(pack.manifest())


def check_tag_files(pack):
    beside = {
        path: data
        for path, data in pack.files.items()
        if not path.startswith(("data/", "signatures/")) and path != TAG_MANIFEST
    }
    compare_files(beside, pack.tag_manifest(), TAG_MANIFEST)
    for path in pack.files:
        if path.startswith("signatures/") and path not in (SSH_SIGNATURE, P256_SIGNATURE):
            raise Bad("%s does not belong in a pack" % path)
    return "%d files beside data/ are as listed" % len(pack.tag_manifest())


def check_ssh_signature(pack):
    message, keys = pack.data(TAG_MANIFEST), pack.keys()
    if not ssh_verifies(message, pack.text(SSH_SIGNATURE), keys.ssh):
        raise Bad("%s is not a signature of %s by the key in data/keys/allowed_signers" % (SSH_SIGNATURE, TAG_MANIFEST))
    return "%s is signed by the Ed25519 key of %s" % (TAG_MANIFEST, keys.principal)


def check_p256_signature(pack):
    message = pack.data(TAG_MANIFEST)
    if not p256_verifies(message, pack.data(P256_SIGNATURE), pack.keys().p256):
        raise Bad("%s is not a signature of %s by the key in data/keys/pack-p256.pem" % (P256_SIGNATURE, TAG_MANIFEST))
    return "%s is signed by the P-256 key" % TAG_MANIFEST


def check_keys(pack):
    for path, text in pack.keys().files().items():
        if pack.data(path) != text.encode("utf-8"):
            raise Bad("%s does not agree with the other files in data/keys/" % path)
    return "the files in data/keys/ agree"


# ---------------------------------------------------------------- whose signature it is


def label_of(fingerprint):
    return fingerprint[:fingerprint.find(":") + 1]


def check_signer(pack, trusted):
    """The outcome ("ok", "unknown" or "FAILED") and its words."""
    try:
        prints = pack.keys().fingerprints
    except Bad:
        return "FAILED", "the keys in data/keys/ can't be read"
    shown = " ".join(prints)
    if not trusted:
        return "unknown", "no key was given to compare with; this pack shows %s" % shown
    for fingerprint in prints:
        same_kind = [one for one in trusted if label_of(one) == label_of(fingerprint)]
        if same_kind and fingerprint not in same_kind:
            return "FAILED", "%s is not a key you trust" % fingerprint
    p256_hex, log_hex = prints[1][len("p256:"):], prints[2][len("log:"):]
    for one in trusted:
        if label_of(one) == "" and one not in (p256_hex, log_hex):
            return "FAILED", "%s is not the fingerprint of a key of this pack" % one
    if not any(one in trusted for one in (prints[0], prints[1], p256_hex)):
        return "unknown", "the log key is one you trust, the pack's signer is not known; this pack shows %s" % shown
    return "ok", "signed by a key you trust"


PEM_BLOCK = re.compile(r"-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----")
SSH_KEY = re.compile(r"ssh-ed25519 [A-Za-z0-9+/]{68}(?![A-Za-z0-9+/=])")
LOG_KEY = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}(?![A-Za-z0-9+/=])")
FINGERPRINT = re.compile(
    r"SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])"
    r"|(?<![A-Za-z0-9])(?:(?:p256|log):)?[0-9a-f]{64}(?![A-Za-z0-9])"
)


def pem_fingerprints(pem):
    try:
        spki = base64.b64decode("".join(pem.split("\n")[1:-1]), validate=True)
    except ValueError:
        raise Bad("not a public key in PEM")
    if len(spki) == 44 and spki.startswith(ED_SPKI_PREFIX):
        return ["log:" + sha256_hex(spki)]
    if len(spki) == 91 and spki.startswith(P256_SPKI_PREFIX):
        return ["p256:" + sha256_hex(spki)]
    return []


def trusted_fingerprints(text):
    text, found = text.replace("\r\n", "\n"), []
    for pem in PEM_BLOCK.findall(text):
        found += pem_fingerprints(pem)
    found += [ssh_fingerprint(parse_ssh_key_line(line)) for line in SSH_KEY.findall(text)]
    found += ["log:" + sha256_hex(ED_SPKI_PREFIX + parse_vkey(line)[1]) for line in LOG_KEY.findall(text)]
    for pattern in (PEM_BLOCK, SSH_KEY, LOG_KEY):
        text = pattern.sub("", text)
    return found + FINGERPRINT.findall(text)


# ---------------------------------------------------------------- checks of the log

ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")
RECORDED_AT = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
)


def leaf_hash(origin, row):
    """SHA-256 of a zero byte and the seven lines of the envelope."""
    seq, recorded_at, kind, previous, body_sha256, _ = row
    faults = [
        (ORIGIN.fullmatch(origin), "the origin is not of the form host/c/clinic/epoch"),
        (RECORDED_AT.fullmatch(recorded_at), "the time is not UTC with microseconds"),
        (re.fullmatch(r"[a-z0-9_.]{1,64}", kind), "the type is not 1 to 64 characters of a-z 0-9 _ ."),
        (is_hash(previous), "the previous leaf is not a SHA-256 in hex"),
        (is_hash(body_sha256), "the body hash is not a SHA-256 in hex"),
    ]
    for fits, fault in faults:
        if not fits:
            raise Bad("event %d: %s" % (seq, fault), seq)
    lines = ("wardbook-ledger/v1", origin, seq, recorded_at, kind, previous, body_sha256)
    return sha256_hex(b"\0" + "".join("%s\n" % line for line in lines).encode("ascii"))


def check_sequence(pack):
    for index, row in enumerate(pack.envelopes()):
        if row[0] != index:
            raise Bad("event %d is missing or out of order: its row is numbered %d" % (index, row[0]), index)
    return "%d events, none left out" % len(pack.envelopes())


def check_leaves(pack):
    origin = pack.checkpoint().origin
    for row in pack.envelopes():
        if leaf_hash(origin, row) != row[5]:
            raise Bad("event %d was changed: its leaf is not the hash of its envelope" % row[0], row[0])
    return "every leaf is the hash of its envelope"


def check_chain(pack):
    last = "0" * 64
    for row in pack.envelopes():
        if row[3] != last:
            raise Bad("the chain breaks at event %d: it does not follow the event before it" % row[0], row[0])
        last = row[5]
    return "every event names the one before it"


def check_time(pack):
    rows, last = pack.envelopes(), ""
    for row in rows:
        if row[1] < last:
            raise Bad("event %d was recorded at %s, before the event it follows" % (row[0], row[1]), row[0])
        last = row[1]
    if not rows:
        return "no events"
    return "from %s to %s by the ledger's own clock; no outside time is attached" % (rows[0][1], last)


def assert_prefix(pack, checkpoint, name):
    leaves = pack.leaves()
    if checkpoint.size > len(leaves):
        words = "%s is of %d events, this pack ends at %d: it was made earlier, or the log was cut"
        raise Bad(words % (name, checkpoint.size, len(leaves)))
    root = pack.once(("root", checkpoint.size), lambda: merkle_root(leaves[:checkpoint.size]))
    if root != checkpoint.root:
        words = "%s is not a prefix of this log: the first %d events have another root"
        raise Bad(words % (name, checkpoint.size))


def assert_ours(pack, checkpoint, name):
    keys = pack.keys()
    if not pack.once(("signed", checkpoint.text), lambda: checkpoint.signed_by(keys.name, keys.log)):
        raise Bad("%s is not signed by the log key of this pack" % name)
    assert_prefix(pack, checkpoint, name)


def check_checkpoint(pack):
    checkpoint, keys = pack.checkpoint(), pack.keys()
    if not checkpoint.signed_by(keys.name, keys.log):
        raise Bad("%s is not signed by the log key of this pack" % CHECKPOINT)
    count = len(pack.envelopes())
    if checkpoint.size != count:
        raise Bad("%s speaks of %d events, %s has %d" % (CHECKPOINT, checkpoint.size, ENVELOPES, count))
    assert_prefix(pack, checkpoint, CHECKPOINT)
    return "signed for %s, %d events, root recomputed" % (checkpoint.origin, count)


def check_bodies(pack):
    rows = {row[0]: row for row in pack.envelopes()}
    for event in pack.events():
        seq = event["seq"]
        if seq not in rows:
            raise Bad("event %d of %s is not in %s" % (seq, EVENTS, ENVELOPES), seq)
        if [event[name] for name in ("at", "type", "prev", "body_sha256", "leaf")] != rows[seq][1:]:
            raise Bad("event %d differs between %s and %s" % (seq, EVENTS, ENVELOPES), seq)
        if sha256_hex(event["body"].encode("utf-8")) != rows[seq][4]:
            raise Bad("the body of event %d was changed: its SHA-256 is not the one in its envelope" % seq, seq)
    return "%d of %d events have their body here, each as it was recorded" % (len(pack.bodies()), len(rows))


def named(name, make):
    try:
        return make()
    except Bad as fault:
        raise Bad("%s: %s" % (name, fault))


def assert_receipt(pack, receipt, name):
    assert_ours(pack, receipt.checkpoint, name)
    leaves = pack.leaves()
    if receipt.index >= len(leaves) or not receipt.covers(leaves[receipt.index]):
        raise Bad("%s does not lead from event %d of this log to its checkpoint" % (name, receipt.index), receipt.index)


def check_proofs(pack):
    paths = sorted(path for path in pack.files if path.startswith(PROOFS))
    for path in paths:
        receipt = named(path, lambda: Receipt(pack.text(path)))
        if path != "%s%d.tlog-proof" % (PROOFS, receipt.index):
            raise Bad("%s is a receipt for event %d" % (path, receipt.index), receipt.index)
        assert_receipt(pack, receipt, path)
    return "%d receipts lead to signed checkpoints of this log" % len(paths)


def check_other_checkpoints(pack, others):
    for number, text in enumerate(others, 1):
        name = "the other checkpoint no. %d" % number
        if text.startswith(PROOF_FORMAT + "\n"):
            assert_receipt(pack, named(name, lambda: Receipt(text)), name)
        else:
            assert_ours(pack, named(name, lambda: Checkpoint(text)), name)
    if not others:
        return "none was given to compare with"
    return "%d from elsewhere, each a prefix of this log" % len(others)


# ---------------------------------------------------------------- checks of what the log says


def text_member(value, name):
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def comparable_cells(event, body):
    actor, target = body.get("actor"), body.get("object")
    return [
        str(event["seq"]),
        event["at"],
        event["type"],
        text_member(actor, "kind"),
        text_member(actor, "id") or text_member(actor, "job"),
        text_member(target, "type"),
        text_member(target, "id"),
    ]


def check_events_csv(pack):
    rows = [row[:-1] for row in parse_table(pack.text(EVENTS_CSV), EVENT_COLUMNS + ["sentence"], EVENTS_CSV)]
    bodies = pack.bodies()
    for index, event in enumerate(pack.events()):
        cells = comparable_cells(event, bodies[event["seq"]])
        row = rows[index] if index < len(rows) else [None] * len(cells)
        for column, cell, said in zip(EVENT_COLUMNS, cells, row):
            if cell != said:
                words = "%s tells another %s of event %d than the log"
                raise Bad(words % (EVENTS_CSV, column, event["seq"]), event["seq"])
    if len(rows) != len(pack.events()):
        raise Bad("%s has %d rows, %s %d" % (EVENTS_CSV, len(rows), EVENTS, len(pack.events())))
    return "%d rows say what the log says; their sentences are a rendering" % len(rows)


def commitments_in(value, path=""):
    """(path, digest) of every object whose one member is "sd", a text."""
    if isinstance(value, dict) and list(value) == ["sd"] and isinstance(value["sd"], str):
        return [(path, value["sd"])]
    found = []
    for name, member in members(value):
        found += commitments_in(member, name if path == "" else "%s.%s" % (path, name))
    return found


def parse_opening(text):
    parsed = read_json(text, "the opening")
    if not isinstance(parsed, list) or len(parsed) != 3 or not all(isinstance(part, str) for part in parsed):
        raise Bad("the opening is not a list of three texts")
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", parsed[0]):
        raise Bad("the salt is not 32 bytes in base64url")
    if parsed[1] == "":
        raise Bad("the opening names no place in the body")
    if not is_text(parsed[1]) or not is_text(parsed[2]):
        raise Bad("the opening contains half of a surrogate pair")
    if exact_json(parsed) != text:
        raise Bad("the opening is not in its exact form")
    return parsed


def check_disclosures(pack):
    disclosures = []
    for number, line in enumerate(lines_of(pack.text(DISCLOSURES), DISCLOSURES), 1):
        where = "%s, line %d," % (DISCLOSURES, number)
        one = read_json(line, where)
        fits = isinstance(one, dict) and list(one) == ["seq", "opening"] and is_whole(one["seq"]) and one["seq"] >= 0
        if not fits or not is_text(one["opening"]) or exact_json(one) != line:
            raise Bad("%s is not in the exact form of a disclosure" % where)
        disclosures.append((where, one["seq"], one["opening"]))
    bodies = pack.bodies()
    for where, seq, opening in disclosures:
        if seq not in bodies:
            raise Bad("%s is of event %d, whose body is not in this pack" % (where, seq), seq)
        path = named("%s is not an opening" % where, lambda: parse_opening(opening))[1]
        if (path, sha256_hex(opening.encode("utf-8"))) not in commitments_in(bodies[seq]):
            raise Bad("%s is not what event %d committed to at %s" % (where, seq, path), seq)
    return "%d disclosed values match what their events committed to" % len(disclosures)


def bindings_in(value):
    """(file, sha256, size) of every object that binds a file."""
    found = []
    if isinstance(value, dict):
        file, digest, size = value.get("file"), value.get("sha256"), value.get("size")
        is_number = isinstance(size, (int, float)) and not isinstance(size, bool)
        if isinstance(file, str) and isinstance(digest, str) and is_number:
            found.append((file, digest, size))
    for _, member in members(value):
        found += bindings_in(member)
    return found


def check_bound_files(pack):
    bindings, present = {}, 0
    for seq, body in pack.bodies().items():
        for file, digest, size in bindings_in(body):
            bindings.setdefault(file, []).append((seq, digest, size))
    for file, bound in bindings.items():
        data = pack.files.get("data/" + file)
        if data is None:
            continue
        present += 1
        if not any((digest, size) == (sha256_hex(data), len(data)) for _, digest, size in bound):
            seqs = [seq for seq, _, _ in bound]
            listed = ", ".join(map(str, seqs))
            raise Bad("data/%s is not the file that event %s recorded" % (file, listed), min(seqs))
    absent = len(bindings) - present
    return "%d files are the ones events recorded; %d recorded files are not in this pack" % (present, absent)


def cell_text(cell):
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def is_cell(cell):
    return cell is None or isinstance(cell, bool) or is_whole(cell) or is_text(cell)


def parse_table_pair(pack, name):
    """Columns and rows of a table that its CSV and its JSON file both tell."""
    csv, text = parse_csv(pack.text(name + ".csv"), name + ".csv"), pack.text(name + ".json")
    if not csv:
        raise Bad("%s.csv has no header" % name)
    columns, rows = csv[0], read_json(text, name + ".json")
    plain = all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", column) for column in columns)
    if not isinstance(rows, list) or not plain or len(set(columns)) != len(columns):
        raise Bad("%s.json is not in the exact form of a table" % name)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or list(row) != columns:
            raise Bad("%s.json, row %d, does not have the columns of its CSV" % (name, number))
        if not all(is_cell(cell) for cell in row.values()):
            words = "%s.json, row %d, has a value that is neither text, whole number, true, false nor null"
            raise Bad(words % (name, number))
    exact = "[\n%s\n]\n" % ",\n".join(exact_json(row) for row in rows) if rows else "[]\n"
    if exact != text:
        raise Bad("%s.json is not in the exact form of a table" % name)
    for number, row in enumerate(rows, 1):
        if number >= len(csv) or [cell_text(cell) for cell in row.values()] != csv[number]:
            raise Bad("%s.csv and %s.json differ in row %d" % (name, name, number))
    if len(csv) - 1 != len(rows):
        raise Bad("%s.csv has %d rows and %s.json %d" % (name, len(csv) - 1, name, len(rows)))
    return columns, csv[1:]


def check_tables(pack):
    matches = [re.fullmatch(r"(data/tables/[^/]+)\.(csv|json)", path) for path in pack.files]
    names = sorted({match.group(1) for match in matches if match})
    for name in names:
        parse_table_pair(pack, name)
    return "%d tables say the same as CSV and as JSON" % len(names)


def column_of(columns, rows, column):
    if column not in columns:
        raise Bad("data/index.csv has no column %s" % column)
    at = columns.index(column)
    return [row[at].split(" ") if row[at] else [] for row in rows]


def check_index(pack):
    columns, rows = parse_table_pair(pack, "data/index")
    known = {row[0] for row in pack.envelopes()}
    for number, files in enumerate(column_of(columns, rows, "files"), 1):
        for file in files:
            if "data/" + file not in pack.files:
                raise Bad("data/index.csv, row %d, names data/%s, which is missing" % (number, file))
    for number, seqs in enumerate(column_of(columns, rows, "events"), 1):
        for seq in seqs:
            count = parse_count(seq, "an event in data/index.csv, row %d," % number)
            if count not in known:
                raise Bad("data/index.csv, row %d, names event %d, which is not in the log" % (number, count), count)
    return "%d entries; every file and event they name is here" % len(rows)


# ---------------------------------------------------------------- the whole verification

BEFORE_SIGNER = [
    ("paths", check_paths),
    ("bag", check_bag),
    ("payload", check_payload),
    ("tag_files", check_tag_files),
    ("ssh_signature", check_ssh_signature),
    ("p256_signature", check_p256_signature),
    ("keys", check_keys),
]
AFTER_SIGNER = [
    ("sequence", check_sequence),
    ("leaves", check_leaves),
    ("chain", check_chain),
    ("time", check_time),
    ("checkpoint", check_checkpoint),
    ("bodies", check_bodies),
    ("events_csv", check_events_csv),
    ("disclosures", check_disclosures),
    ("bound_files", check_bound_files),
    ("tables", check_tables),
    ("index", check_index),
    ("proofs", check_proofs),
]


def verify(files, trusted=(), others=()):
    """The outcomes [(mark, id, detail)], the fingerprints shown, and the first event found wrong (or None)."""
    pack, outcomes, bad_seqs = Pack(files), [], []

    def run(name, look):
        try:
            outcomes.append(("ok", name, look()))
        except Bad as fault:
            outcomes.append(("FAILED", name, str(fault)))
            if fault.seq is not None:
                bad_seqs.append(fault.seq)

    for name, check in BEFORE_SIGNER:
        run(name, lambda: check(pack))
    mark, detail = check_signer(pack, list(trusted))
    outcomes.append((mark, "signer", detail))
    for name, check in AFTER_SIGNER:
        run(name, lambda: check(pack))
    run("other_checkpoints", lambda: check_other_checkpoints(pack, list(others)))
    try:
        shown = pack.keys().fingerprints
    except Bad:
        shown = None
    return outcomes, shown, min(bad_seqs) if bad_seqs else None


VERDICTS = [
    "valid: unchanged, and signed by a key you trust",
    "INVALID: see the checks marked FAILED",
    "consistent, signer unknown: the pack agrees with itself, but anyone can make such a pack with keys of their own; "
    "compare a fingerprint got elsewhere, with --key",
]


def exit_code_of(outcomes):
    marks = {mark for mark, _, _ in outcomes}
    return 1 if "FAILED" in marks else 2 if "unknown" in marks else 0


# ---------------------------------------------------------------- reading folders and ZIP files

ENTRIES_MAX, BYTES_MAX = 100000, 2 * 1024 ** 3


def read_folder(folder):
    files = {}
    for parent, names, here in os.walk(folder):
        for name in here + [name for name in names if os.path.islink(os.path.join(parent, name))]:
            path = os.path.join(parent, name)
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise CannotRead("%s is a link or no plain file." % path)
            with open(path, "rb") as stream:
                files[os.path.relpath(path, folder).replace(os.sep, "/")] = stream.read()
    if "bagit.txt" not in files:
        raise CannotRead("%s is not the folder of an evidence pack: it has no bagit.txt." % folder)
    return files


def assert_plain_entry(entry):
    name, kind = entry.orig_filename, entry.external_attr >> 16 & 0o170000
    parts = name.split("/")
    plain = re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?", name) and not {".", ".."} & set(parts)
    # A Unicode path field (0x7075) can give an entry a second name that other programs see instead.
    if not plain or entry.filename != name or b"\x75\x70" in entry.extra:
        raise CannotRead("the ZIP has an entry with an unsafe name: %s" % exact_json(name))
    if kind not in ((0, 0o040000) if name.endswith("/") else (0, 0o100000)):
        raise CannotRead("the ZIP entry %s is a link or no plain file" % exact_json(name))
    if entry.flag_bits & 1:
        raise CannotRead("the ZIP entry %s is encrypted" % exact_json(name))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise CannotRead("the ZIP entry %s is packed in an unusual way" % exact_json(name))


def read_zip_entries(archive):
    files, total, entries = {}, 0, archive.infolist()
    if len(entries) > ENTRIES_MAX:
        raise CannotRead("the ZIP has more than %d entries" % ENTRIES_MAX)
    for entry in entries:
        assert_plain_entry(entry)
        if entry.filename.endswith("/"):
            continue
        if entry.filename in files:
            raise CannotRead("the ZIP has two entries named %s" % entry.filename)
        total += entry.file_size
        if total > BYTES_MAX:
            raise CannotRead("the ZIP unpacks to more than %d bytes" % BYTES_MAX)
        data = archive.read(entry)
        if len(data) != entry.file_size:
            raise CannotRead("the ZIP entry %s has another size than it states" % entry.filename)
        files[entry.filename] = data
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise CannotRead("the ZIP has bytes before its first entry, or no entry")
    return files


def read_zip(path):
    with open(path, "rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(-min(22, stream.tell()), os.SEEK_END)
        tail = stream.read()
    if tail[:4] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        raise CannotRead("not a readable ZIP file: it does not end as one without a comment does")
    try:
        with zipfile.ZipFile(path) as archive:
            return read_zip_entries(archive)
    except CannotRead:
        raise
    except Exception as error:  # zipfile raises many kinds for damaged files
        raise CannotRead("the ZIP is damaged: %s" % error)


def below_top_folder(entries):
    files, folder = {}, None
    for path, data in entries.items():
        top, _, rest = path.partition("/")
        folder = top if folder is None else folder
        if rest == "" or top != folder:
            raise CannotRead("%s does not lie in the pack's one top folder" % path)
        files[rest] = data
    return files


def read_pack(path):
    if not os.path.lexists(path):
        raise CannotRead("There is no file or folder %s." % path)
    if os.path.isdir(path):
        return read_folder(path)
    if not os.path.isfile(path) or os.path.islink(path):
        raise CannotRead("%s is neither a file nor a folder." % path)
    return below_top_folder(read_zip(path))


def read_text(path):
    try:
        with open(path, "rb") as stream:
            return decode_utf8(stream.read(), path)
    except OSError:
        raise CannotRead("%s can't be read." % path)


def read_trusted(key):
    is_file = os.path.lexists(key)
    found = trusted_fingerprints(read_text(key) if is_file else key)
    if not found:
        words = "%s holds no key or fingerprint." if is_file else "%s is neither a fingerprint nor a file."
        raise CannotRead(words % key)
    return found


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="Verifies a Wardbook evidence pack offline.")
    parser.add_argument("pack", nargs="?", default=os.path.join(here, "..", ".."), help="folder or ZIP of the pack")
    parser.add_argument("others", nargs="*", help="checkpoints or .tlog-proof receipts got elsewhere")
    parser.add_argument("--key", action="append", default=[], help="a fingerprint got elsewhere, or a file with keys")
    parser.add_argument("--checkpoint", action="append", default=[], help="a checkpoint got elsewhere")
    try:
        given = parser.parse_intermixed_args(arguments)
    except SystemExit as stopped:
        return 1 if stopped.code else 0
    try:
        files = read_pack(given.pack)
        trusted = [fingerprint for key in given.key for fingerprint in read_trusted(key)]
        others = [read_text(path) for path in given.others + given.checkpoint]
    except (CannotRead, Bad) as fault:
        print(fault, file=sys.stderr)
        return 1
    outcomes, shown, bad_seq = verify(files, trusted, others)
    print(given.pack)
    for mark, name, detail in outcomes:
        print("  %-8s %-17s %s" % (mark, name, detail))
    if shown is not None:
        print("Keys shown by this pack:\n  " + "\n  ".join(shown))
    if bad_seq is not None:
        print("First event found wrong: %d" % bad_seq)
    print("Verdict: " + VERDICTS[exit_code_of(outcomes)])
    return exit_code_of(outcomes)


if __name__ == "__main__":
    if sys.version_info < (3, 8):
        sys.exit("verify.py needs Python 3.8 or later.")
    for output in (sys.stdout, sys.stderr):
        output.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
