import { systemContext } from "#lib/domain/clinic/queries.ts";
import { sendMailOf } from "#scripts/send-mail.ts";

// One round of a clinic's mail in a process of its own, which a test can kill.
const [clinicId = ""] = process.argv.slice(2);
await sendMailOf(await systemContext(clinicId, { kind: "system", job: "mail" }), new Date());
process.exit(0);
