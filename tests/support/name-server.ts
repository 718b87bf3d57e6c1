import dns2 from "dns2";

export type NameServer = {
  /** For `WARDBOOK_DNS`. */
  readonly address: string;
  /** What stands under a name from now on. */
  says(name: string, ...texts: string[]): void;
  /** Leaves every question for a name unanswered. */
  ignores(name: string): void;
  close(): Promise<void>;
};

/** A real DNS server on this machine; a name that it wasn't told of is none. */
export async function openNameServer(): Promise<NameServer> {
  const texts = new Map<string, readonly string[]>();
  const ignored = new Set<string>();
  const server = dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const response = dns2.Packet.createResponseFromRequest(request);
      const name = request.questions[0]?.name.toLowerCase() ?? "";
      if (ignored.has(name)) return;
      const found = texts.get(name);
      if (found === undefined) response.header.rcode = 3;
      for (const data of found ?? []) {
        const answer = new dns2.Packet.Resource(name, dns2.Packet.TYPE.TXT, dns2.Packet.CLASS.IN, 1);
        response.answers.push(Object.assign(answer, { data }));
      }
      send(response);
    },
  });
  const { udp } = await server.listen({ udp: { port: 0, address: "127.0.0.1" } });
  return {
    address: `127.0.0.1:${udp?.port}`,
    says: (name, ...said) => {
      texts.set(name, said);
    },
    ignores: (name) => {
      ignored.add(name);
    },
    close: async () => {
      await server.close();
    },
  };
}
