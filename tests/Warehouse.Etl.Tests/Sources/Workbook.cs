using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>Writes the least that a workbook needs, by the standard (ECMA-376).</summary>
internal static class Workbook
{
    /// <summary>A workbook of sheets by name: texts, numbers, dates, flags and empty cells.</summary>
    public static byte[] Of(params (string Sheet, object?[][] Rows)[] sheets) => Of([], sheets);

    /// <summary>A workbook of which some sheets are hidden.</summary>
    public static byte[] Of(string[] hidden, params (string Sheet, object?[][] Rows)[] sheets)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var numbers = Enumerable.Range(1, sheets.Length).ToArray();
            Write(zip, "[Content_Types].xml", $"""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{string.Concat(numbers.Select(number => $"<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>
                """);
            Write(zip, "_rels/.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """);
            Write(zip, "xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>{string.Concat(numbers.Select(number => $"<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"))}</Relationships>
                """);
            Write(zip, "xl/workbook.xml", $"""
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{string.Concat(sheets.Zip(numbers, (sheet, number) => $"<sheet name=\"{sheet.Sheet}\" sheetId=\"{number}\"{(hidden.Contains(sheet.Sheet) ? " state=\"hidden\"" : "")} r:id=\"rId{number}\"/>"))}</sheets></workbook>
                """);
            Write(zip, "xl/styles.xml", """
                <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="21" applyNumberFormat="1"/></cellXfs></styleSheet>
                """);
            foreach (var (sheet, number) in sheets.Zip(numbers))
            {
                var rows = sheet.Rows.Select((row, line) => $"<row r=\"{line + 1}\">{string.Concat(row.Select((value, place) => Cell(value, place, line)))}</row>");
                Write(zip, $"xl/worksheets/sheet{number}.xml", $"""
                    <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{string.Concat(rows)}</sheetData></worksheet>
                    """);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A formula with the value that the workbook holds of it: a text (str), or an error (e).</summary>
    public sealed record Formula(string Kind, string Value);

    private static string Cell(object? value, int place, int line)
    {
        var name = $"{(char)('A' + place)}{line + 1}";
        return value switch
        {
            null => "",
            string text => $"<c r=\"{name}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>",
            Formula formula => $"<c r=\"{name}\" t=\"{formula.Kind}\"><f>B1</f><v>{SecurityElement.Escape(formula.Value)}</v></c>",
            bool flag => $"<c r=\"{name}\" t=\"b\"><v>{(flag ? 1 : 0)}</v></c>",
            DateTime time => $"<c r=\"{name}\" s=\"1\"><v>{time.ToOADate().ToString("R", CultureInfo.InvariantCulture)}</v></c>",
            TimeSpan span => $"<c r=\"{name}\" s=\"2\"><v>{span.TotalDays.ToString("R", CultureInfo.InvariantCulture)}</v></c>",
            var number => $"<c r=\"{name}\"><v>{Convert.ToString(number, CultureInfo.InvariantCulture)}</v></c>",
        };
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text);
    }
}
