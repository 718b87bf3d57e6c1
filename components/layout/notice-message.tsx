"use client";

import { useEffect, useState } from "react";
import { FormMessage } from "#components/ui/form-message.tsx";

type NoticeMessageProps = { id: string; text: string; cookie: string };

// "Back" can bring a page as it was, and with it what has been said already.
const said = new Set<string>();

export function NoticeMessage({ id, text, cookie }: NoticeMessageProps) {
  const [isNew] = useState(() => !said.has(id));
  useEffect(() => {
    said.add(id);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API asks for https, and a clinic's own server may have none
    document.cookie = `${cookie}=; Path=/; Max-Age=0; SameSite=Strict`;
  }, [id, cookie]);
  if (!isNew) return null;
  return (
    <div className="mb-6 print:hidden">
      <FormMessage>{text}</FormMessage>
    </div>
  );
}
