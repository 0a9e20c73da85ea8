import { plusHours } from "../core/instant.ts";
import type { Row, RowKey, Session, Sessions, Table } from "../ports.ts";
import { changeRow, removeRow } from "./optimistic.ts";
import { ONLY_ROW, toEpochSeconds } from "./row-keys.ts";

/** A row may go this long after its session began; the workflow ends sessions much earlier. */
const KEEP_HOURS = 24;

/** Sign-in requests that were used, and open sessions, over any table. */
export function sessions(table: Table): Sessions {
  return {
    async redeem(request, expiresAt) {
      const key = { pk: `SIGN-IN#${request}`, sk: ONLY_ROW };
      const row = { ...key, version: 1, expiresAt: toEpochSeconds(expiresAt) };
      return (await table.put(row, "absent")) === "written";
    },
    async open(session) {
      await changeRow(table, sessionKey(session.idHash), () => toContent(session));
    },
    async read(idHash) {
      const row = await table.get(sessionKey(idHash));
      return row === undefined ? undefined : toSession(row);
    },
    // A session that was closed meanwhile stays closed.
    async touch(session) {
      await changeRow(table, sessionKey(session.idHash), (stored) =>
        stored === undefined ? undefined : toContent(session),
      );
    },
    close: (idHash) => removeRow(table, sessionKey(idHash)),
  };
}

function sessionKey(idHash: string): RowKey {
  return { pk: `SESSION#${idHash}`, sk: ONLY_ROW };
}

function toContent(session: Session) {
  return { ...session, expiresAt: toEpochSeconds(plusHours(session.openedAt, KEEP_HOURS)) };
}

function toSession(row: Row): Session {
  const { pk: _pk, sk: _sk, version: _version, expiresAt: _expiresAt, ...session } = row;
  return session as unknown as Session;
}
