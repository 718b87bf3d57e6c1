"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { createContext, type ReactNode, useContext, useState } from "react";

const RequestId = createContext<string | undefined>(undefined);

type ProvidersProps = { nonce: string | undefined; requestId: string | undefined; children: ReactNode };

/** What every client component may ask for: the nonce of the document and the id of the request that brought it. */
export function Providers({ nonce, requestId, children }: ProvidersProps) {
  // A refresh renders the layout with a new nonce, but the browser keeps to the policy the document came with.
  const [documentNonce] = useState(nonce);
  return (
    <CSPProvider nonce={documentNonce} disableStyleElements>
      <RequestId value={requestId}>{children}</RequestId>
    </CSPProvider>
  );
}

export function useRequestId(): string | undefined {
  return useContext(RequestId);
}
