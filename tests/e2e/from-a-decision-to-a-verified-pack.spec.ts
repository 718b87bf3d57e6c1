import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

const project = path.resolve(import.meta.dirname, "../..");

test("Dana adopts and decides, María asks and is answered, Dana's pack verifies with stock tools", async ({
  asPerson,
  newPage,
}) => {
  test.setTimeout(180_000);
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;

  await test.step("Dana adopts two tools from the catalogue", async () => {
    await dana.goto(`${harbor}/tools/catalogue?q=midjourney`);
    await dana.getByRole("checkbox", { name: /Midjourney/ }).check();
    await dana.getByRole("button", { name: "Adopt selected" }).click();
    await expect(dana.getByText("1 tool is now in the register")).toBeVisible();
    await dana.goto(`${harbor}/tools/catalogue?q=quillbot`);
    await dana.getByRole("checkbox", { name: /QuillBot/ }).check();
    await dana.getByRole("button", { name: "Adopt selected" }).click();
    await expect(dana.getByText("1 tool is now in the register")).toBeVisible();
  });

  await test.step("she finds DeepSeek prohibited, with no way to change it", async () => {
    await dana.goto(`${harbor}/tools?q=deepseek%20chat`);
    await dana.getByRole("link", { name: /DeepSeek Chat/ }).click();
    await expect(dana.getByRole("heading", { name: "DeepSeek Chat" })).toBeVisible();
    await expect(dana.getByText("Prohibited, and it stays so")).toBeVisible();
    await expect(dana.getByRole("button", { name: "Record the decision" })).toHaveCount(0);
  });

  await test.step("approval for patient data is refused in words, and what she typed is kept", async () => {
    await dana.goto(`${harbor}/tools?q=quillbot`);
    await dana.getByRole("link", { name: /QuillBot/ }).click();
    await dana.getByRole("radio", { name: /Approved for patient data/ }).check();
    await dana.getByLabel("Reason").fill("Used for letters to suppliers.");
    await dana.getByRole("button", { name: "Record the decision" }).click();
    await expect(dana.getByText(/can't be approved for patient data yet: no BAA with QuillBot/).first()).toBeVisible();
    await expect(dana.getByLabel("Reason")).toHaveValue("Used for letters to suppliers.");
  });

  await test.step("she approves it without patient data, and the decision is there after a reload", async () => {
    await dana.getByRole("radio", { name: /Approved without patient data/ }).check();
    await dana.getByLabel("Conditions").fill("Nothing about patients goes in.\nOnly on the front desk computers.");
    await dana.getByRole("button", { name: "Record the decision" }).click();
    await expect(dana.getByText("Your decision is in force and recorded.")).toBeVisible();
    await dana.reload();
    await expect(dana.getByText("Used for letters to suppliers.")).toBeVisible();
    await expect(dana.getByText("Only on the front desk computers.").first()).toBeVisible();
    await expectAccessible(dana);
  });

  await test.step("María asks on her phone, by name and by address", async () => {
    const maria = await newPage({ viewport: { width: 360, height: 740 } });
    await maria.goto("/sign-in");
    await maria.getByRole("button", { name: /María Santos/ }).click();
    await maria.waitForURL(`**${harbor}`);
    await maria.goto(`${harbor}/may-i-use-it`);
    await maria.getByLabel("Name or address of the tool").fill("quillbot");
    await maria.getByRole("button", { name: "Look it up" }).click();
    await expect(
      maria.getByRole("heading", { name: /you may use QuillBot, .* for work without patient data/ }),
    ).toBeVisible();
    await expect(maria.getByText("Only on the front desk computers.")).toBeVisible();
    await maria.getByLabel("Name or address of the tool").fill("https://chat.deepseek.com/a/chat?x=1");
    await maria.getByRole("button", { name: "Look it up" }).click();
    await expect(maria.getByRole("heading", { name: /you may not use DeepSeek/ })).toBeVisible();
    await maria.getByLabel("Name or address of the tool").fill("FancyScribe 3000");
    await maria.getByRole("button", { name: "Look it up" }).click();
    await expect(maria.getByRole("heading", { name: /Ask Dana Whitfield.* first: .*FancyScribe 3000/ })).toBeVisible();
    expect(await maria.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await expectAccessible(maria);
  });

  await test.step("the ledger reads like sentences and verifies", async () => {
    await dana.goto(`${harbor}/ledger`);
    await expect(dana.getByText(/Dana Whitfield approved QuillBot/).first()).toBeVisible();
    await dana.getByRole("button", { name: "Verify all entries" }).click();
    await expect(dana.getByText(/All [\d,]+ entries verify/)).toBeVisible();
  });

  const zip = await test.step("she asks for a pack, watches it being made, and downloads it", async () => {
    await dana.goto(`${harbor}/evidence`);
    await dana.getByRole("button", { name: "Make the pack" }).click();
    const button = dana.getByRole("button", { name: /^Download/ }).first();
    await expect(button).toBeVisible({ timeout: 60_000 });
    const coming = dana.waitForEvent("download");
    await button.click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^evidence-harbor-family-\d{8}-\d+\.zip$/);
    const file = path.join(mkdtempSync(path.join(tmpdir(), "pack-")), download.suggestedFilename());
    await download.saveAs(file);
    await dana.goto(`${harbor}/ledger`);
    await expect(dana.getByText(/Dana Whitfield downloaded/).first()).toBeVisible();
    return file;
  });

  const fingerprints = await test.step("the fingerprints come from the page, not from the pack", async () => {
    await dana.goto(`${harbor}/evidence`);
    await expect(dana.locator("main")).toContainText(/log:[0-9a-f]{64}/);
    const text = (await dana.locator("main").textContent()) ?? "";
    return [/SHA256:[A-Za-z0-9+/]{43}/, /p256:[0-9a-f]{64}/, /log:[0-9a-f]{64}/].map(
      (pattern) => pattern.exec(text)?.[0] ?? "",
    );
  });

  await test.step("sha256sum, ssh-keygen, openssl, verify.py and npm run verify all say that it is whole", () => {
    const folder = path.dirname(zip);
    expect(run("unzip", ["-q", zip, "-d", folder])).toMatchObject({ status: 0 });
    const pack = path.join(
      folder,
      readdirSync(folder).find((name) => name.startsWith("evidence-") && !name.endsWith(".zip")) ?? "",
    );
    const inPack = (command: string, args: string[], input?: string) => run(command, args, pack, input);
    expect(inPack("sha256sum", ["-c", "--quiet", "manifest-sha256.txt"])).toMatchObject({ status: 0 });
    expect(inPack("sha256sum", ["-c", "--quiet", "tagmanifest-sha256.txt"])).toMatchObject({ status: 0 });
    const tagManifest = readFileSync(path.join(pack, "tagmanifest-sha256.txt"), "utf8");
    const principal = readFileSync(path.join(pack, "data/keys/allowed_signers"), "utf8").split(" ")[0] ?? "";
    const signature = ["-s", "signatures/tagmanifest-sha256.txt.sig"];
    const ssh = inPack(
      "ssh-keygen",
      ["-Y", "verify", "-f", "data/keys/allowed_signers", "-I", principal, "-n", "evidence-pack", ...signature],
      tagManifest,
    );
    expect(ssh.status).toBe(0);
    expect(ssh.output).toContain(fingerprints[0] ?? "no fingerprint on the page");
    const p256 = ["-signature", "signatures/tagmanifest-sha256.txt.p256.sig", "tagmanifest-sha256.txt"];
    expect(inPack("openssl", ["dgst", "-sha256", "-verify", "data/keys/pack-p256.pem", ...p256]).output).toContain(
      "Verified OK",
    );
    const keys = fingerprints.flatMap((fingerprint) => ["--key", fingerprint]);
    expect(inPack("python3", ["data/verify/verify.py", ".", ...keys])).toMatchObject({ status: 0 });
    const verify = ["--conditions=react-server", "scripts/verify.ts", zip];
    expect(run(process.execPath, [...verify, ...keys], project)).toMatchObject({ status: 0 });
    expect(run(process.execPath, verify, project)).toMatchObject({ status: 2 });

    const tools = parse(readFileSync(path.join(pack, "data/tables/tools.csv")), { columns: true }) as Array<
      Record<string, string>
    >;
    expect(tools.find((tool) => tool.product === "QuillBot")).toMatchObject({
      status: "not_for_phi",
      standing: "may_use_without_phi",
      decided_by: "Dana Whitfield",
    });
    expect(tools.find((tool) => tool.product === "Midjourney")).toMatchObject({ status: "prohibited" });
    const index = parse(readFileSync(path.join(pack, "data/index.csv")), { columns: true }) as Array<
      Record<string, string>
    >;
    expect(index).toHaveLength(64);
    expect(Object.keys(index[0] ?? {})).toEqual(["item", "citation", "title", "status", "files", "events"]);
  });
});

function run(command: string, args: string[], cwd?: string, input?: string): { status: number | null; output: string } {
  const result = spawnSync(command, args, {
    encoding: "utf8",
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
  });
  return { status: result.status, output: `${result.stdout}${result.stderr}${result.error?.message ?? ""}` };
}
