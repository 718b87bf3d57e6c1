import { downloadList } from "#app/api/lists/download-list.ts";
import { peopleAsked, peopleList } from "#components/people/people-list.tsx";
import { getPeopleRows } from "#lib/domain/clinic/people/queries.ts";

export const GET = downloadList(peopleList, (ctx, state) => getPeopleRows(ctx, peopleAsked(state)));
