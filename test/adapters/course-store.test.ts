import { expect, test } from "vitest";
import { courseStore, MAIL_BYTES_MAX } from "../../functions/adapters/course-store.ts";
import type { CompiledMailRecord, Table } from "../../functions/ports.ts";
import { describeOnEachTable } from "./each-table.ts";
import { outline } from "./examples.ts";

const lesson: CompiledMailRecord = {
  mail: "lesson-01",
  locale: "en",
  content: {
    subject: ["Hello ", ""],
    html: { parts: ["", "é€😀"], list: [1, null, true] },
    text: "",
  },
};
const edition = outline.edition;

/** A table that counts how often it is read. */
function counting(table: Table) {
  const reads = { count: 0 };
  const get: Table["get"] = (key) => {
    reads.count += 1;
    return table.get(key);
  };
  return { reads, table: { ...table, get } };
}

describeOnEachTable("a course store", (newTable) => {
  test("gives back what was published", async () => {
    const table = await newTable();
    expect(await courseStore(table).publish(outline, [lesson])).toBe("published");
    expect(await courseStore(table).current("partner-tips")).toEqual(outline);
    expect(await courseStore(table).mail("partner-tips", edition, "lesson-01", "en")).toEqual(
      lesson,
    );
  });

  test("publishes an edition once", async () => {
    const courses = courseStore(await newTable());
    await courses.publish(outline, [lesson]);
    expect(await courses.publish(outline, [lesson])).toBe("unchanged");
  });

  test("keeps earlier editions when a new one becomes current", async () => {
    const courses = courseStore(await newTable());
    await courses.publish(outline, [lesson]);
    const next = { ...outline, edition: "newer", lessons: outline.lessons.toReversed() };
    expect(await courses.publish(next, [{ ...lesson, content: "newer" }])).toBe("published");
    expect(await courses.current("partner-tips")).toEqual(next);
    expect((await courses.mail("partner-tips", edition, "lesson-01", "en")).content).toEqual(
      lesson.content,
    );
    expect((await courses.mail("partner-tips", "newer", "lesson-01", "en")).content).toBe("newer");
  });

  test("finishes a publication that broke off, and names the edition only then", async () => {
    const table = await newTable();
    const breaking: Table = {
      ...table,
      put: (row, replaces) =>
        row.sk === "CURRENT" ? Promise.reject(new Error("gone")) : table.put(row, replaces),
    };
    await expect(courseStore(breaking).publish(outline, [lesson])).rejects.toThrow("gone");
    await expect(courseStore(table).current("partner-tips")).rejects.toThrow("partner-tips");
    expect(await courseStore(table).publish(outline, [lesson])).toBe("published");
    expect(await courseStore(table).current("partner-tips")).toEqual(outline);
  });

  test("reads a mail once", async () => {
    const { table, reads } = counting(await newTable());
    const courses = courseStore(table);
    await courses.publish(outline, [lesson]);
    reads.count = 0;
    const read = () => courses.mail("partner-tips", edition, "lesson-01", "en");
    await Promise.all([read(), read()]);
    await read();
    expect(reads.count).toBe(1);
  });

  test("asks again for a mail that could not be read before", async () => {
    const courses = courseStore(await newTable());
    const read = () => courses.mail("partner-tips", edition, "lesson-01", "en");
    await expect(read()).rejects.toThrow("lesson-01");
    await courses.publish(outline, [lesson]);
    expect(await read()).toEqual(lesson);
  });

  test("stores a mail as large as allowed, and refuses a larger one by name", async () => {
    const courses = courseStore(await newTable());
    const sized = (bytes: number) => ({ ...lesson, content: "x".repeat(bytes - 2) });
    expect(await courses.publish(outline, [sized(MAIL_BYTES_MAX)])).toBe("published");
    await expect(
      courses.publish({ ...outline, edition: "big" }, [sized(MAIL_BYTES_MAX + 1)]),
    ).rejects.toThrow("lesson-01");
  });
});
