import "server-only";
import { notFound } from "next/navigation";
import type { Role } from "#lib/domain/context.ts";
import { PERMISSIONS, type Permission, rolesWith } from "#lib/domain/permissions.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";

/** What a page's query gave, or the roles that may ask it where the reader's may not. */
export type Read<T> =
  | { readonly page: T; readonly allowedRoles?: undefined }
  | { readonly page?: undefined; readonly allowedRoles: readonly Role[] };

/**
 * The one way from a page to its query. What isn't there, and an address that can't be one of ours, are Next's not-found
 * page; a role without the permission is for the page to answer: `if (read.allowedRoles) return <ForbiddenPage … />`.
 */
export async function readPage<T>(query: () => Promise<T>): Promise<Read<T>> {
  try {
    return { page: await query() };
  } catch (error) {
    if (error instanceof NotFound || error instanceof InvalidInput) notFound();
    if (error instanceof Forbidden && isPermission(error.permission))
      return { allowedRoles: rolesWith(error.permission) };
    throw error;
  }
}

function isPermission(name: string): name is Permission {
  return name in PERMISSIONS;
}
