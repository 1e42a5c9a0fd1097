// Writes a small workbook as spreadsheet programs do: parts of XML in a ZIP archive.
import { crc32, deflateRawSync } from 'node:zlib';

interface Part {
  name: string;
  text: string;
}

/** A ZIP archive with deflated parts. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, text } of parts) {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const STYLES = `${HEAD}<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164" applyNumberFormat="1"><alignment/></xf><xf numFmtId="4"/></cellXfs></styleSheet>`;

/** @param sheets rows of XML by name; texts are shared strings by number */
export function workbookOf(sheets: Record<string, string>, shared: readonly string[] = []): Buffer {
  const names = Object.keys(sheets);
  const listed = names
    .map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
    .join('');
  const targets = names
    .map((_, n) => `<Relationship Id="rId${n + 1}" Type="worksheet" Target="worksheets/sheet${n + 1}.xml"/>`)
    .join('');
  return zipOf([
    { name: 'xl/workbook.xml', text: `${HEAD}<workbook><workbookPr/><sheets>${listed}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', text: `${HEAD}<Relationships>${targets}</Relationships>` },
    { name: 'xl/styles.xml', text: STYLES },
    {
      name: 'xl/sharedStrings.xml',
      text: `${HEAD}<sst>${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    },
    ...names.map((name, n) => ({
      name: `xl/worksheets/sheet${n + 1}.xml`,
      text: `${HEAD}<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`,
    })),
  ]);
}
