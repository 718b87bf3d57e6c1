import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { readyChromium } from "#scripts/chromium.ts";
import { serveDemo } from "#scripts/serve-demo.ts";
import { openNameServer } from "#tests/support/name-server.ts";
import { openSignInProvider, type SignInProvider } from "#tests/support/sign-in-provider.ts";

/** One demo for all journeys; its address and people go into the environment. It offers a sign-in provider of ours. */
export default async function setUp(): Promise<() => Promise<void>> {
  await readyChromium();
  const names = await openNameServer();
  const providers: SignInProvider[] = [];
  const demo = await serveDemo("e2e", {
    settings: async (address) => {
      const provider = await openSignInProvider([`${address}/sign-in/back/generic`]);
      providers.push(provider);
      process.env.WARDBOOK_E2E_PROVIDER = provider.issuer;
      const { issuer, clientId, clientSecret } = provider.as("generic");
      return {
        ...{ OIDC_GENERIC_ISSUER: issuer, OIDC_GENERIC_ID: clientId, OIDC_GENERIC_SECRET: clientSecret },
        ...{ OIDC_GENERIC_NAME: "Harbor ID", WARDBOOK_DNS: names.address },
      };
    },
  });
  // Journeys run in processes of their own, and say here who sits at the provider and what the DNS has.
  const stage = createServer(async (request, response) => {
    const { sits, name, says } = JSON.parse(await text(request));
    if (sits !== undefined) for (const provider of providers) provider.sits(sits);
    if (name !== undefined) names.says(name, ...says);
    response.end();
  });
  await new Promise<void>((listening) => stage.listen(0, "127.0.0.1", listening));
  process.env.WARDBOOK_E2E_STAGE = `http://127.0.0.1:${(stage.address() as AddressInfo).port}`;
  process.env.WARDBOOK_E2E_URL = demo.address;
  process.env.WARDBOOK_E2E_PEOPLE = readFileSync(path.join(demo.dataFolder, "demo-people.json"), "utf8");
  return async () => {
    await demo.stop();
    stage.closeAllConnections();
    stage.close();
    await Promise.all([names.close(), ...providers.map((provider) => provider.close())]);
  };
}
