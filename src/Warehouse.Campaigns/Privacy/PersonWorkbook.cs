using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Warehouse.Campaigns.Privacy;

/// <summary>
/// Takes a person's texts out of a workbook (ECMA-376, SpreadsheetML): his cells become empty ones in their places, and shared
/// strings that no cell uses any more become empty, too.
/// </summary>
internal sealed class PersonWorkbook(PersonTokens tokens)
{
    private const string SharedPart = "xl/sharedStrings.xml";
    private const string SheetParts = "xl/worksheets/";
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Rewrites a workbook, and gives how many rows were his; 0 leaves it as it is.</summary>
    /// <param name="path">The workbook.</param>
    /// <param name="own">The rows, from 1, that are known to be his.</param>
    /// <param name="isProfile">Whether it describes customers: a row of his goes as a whole, whatever it says.</param>
    /// <exception cref="InvalidDataException">It is no workbook.</exception>
    public long Erase(string path, IReadOnlySet<long> own, bool isProfile)
    {
        var unfinished = path + ".erased";
        File.Copy(path, unfinished, overwrite: true);
        try
        {
            long rows;
            using (var archive = ZipFile.Open(unfinished, ZipArchiveMode.Update))
            {
                rows = Erase(archive, own, isProfile);
            }

            if (rows > 0)
            {
                File.Move(unfinished, path, overwrite: true);
            }

            return rows;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private long Erase(ZipArchive archive, IReadOnlySet<long> own, bool isProfile)
    {
        var sharedPart = archive.GetEntry(SharedPart);
        var shared = sharedPart is null ? null : Load(sharedPart);
        XElement[] strings = shared is null ? [] : [.. shared.Root!.Elements(Main + "si")];
        string[] texts = [.. strings.Select(TextOf)];
        var (rows, used) = (0L, new HashSet<int>());
        foreach (var part in archive.Entries.Where(IsSheet).ToArray())
        {
            var sheet = Load(part);
            var his = sheet.Descendants(Main + "row").Count(row => EraseRow(row, texts, own, isProfile));
            rows += his;
            used.UnionWith(sheet.Descendants(Main + "c").Select(SharedPlace).OfType<int>());
            if (his > 0)
            {
                Store(part, sheet);
            }
        }

        if (rows > 0 && shared is not null)
        {
            foreach (var unused in strings.Where((_, place) => !used.Contains(place)))
            {
                unused.ReplaceNodes(new XElement(Main + "t"));
            }

            Store(sharedPart!, shared);
        }

        return rows + archive.Entries.Where(part => !IsSheet(part) && part.FullName != SharedPart).ToArray().Sum(EraseText);
    }

    private static bool IsSheet(ZipArchiveEntry part) =>
        part.FullName.StartsWith(SheetParts, StringComparison.Ordinal) && part.Name.EndsWith(".xml", StringComparison.Ordinal) && part.FullName.IndexOf('/', SheetParts.Length) < 0;

    private bool EraseRow(XElement row, string[] texts, IReadOnlySet<long> own, bool isProfile)
    {
        var cells = row.Elements(Main + "c").Select(cell => (Cell: cell, Text: CellText(cell, texts))).ToArray();
        var isTelling = cells.Any(cell => tokens.TellingPattern!.IsMatch(cell.Text));
        var isOwn = long.TryParse((string?)row.Attribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && own.Contains(number);
        XElement[] his = isTelling || isOwn ? [.. cells.Where(cell => tokens.AnyPattern!.IsMatch(cell.Text)).Select(cell => cell.Cell)] : [];
        if (his.Length == 0)
        {
            return false;
        }

        foreach (var cell in isProfile ? cells.Select(each => each.Cell) : his)
        {
            cell.RemoveNodes();
            cell.SetAttributeValue("t", null);
        }

        return true;
    }

    private static string CellText(XElement cell, string[] texts) => SharedPlace(cell) is { } place
        ? place < texts.Length ? texts[place] : ""
        : string.Join('\n', cell.Elements().Select(part => part.Name == Main + "is" ? TextOf(part) : part.Value));

    private static int? SharedPlace(XElement cell) =>
        (string?)cell.Attribute("t") == "s" && int.TryParse(cell.Element(Main + "v")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static string TextOf(XElement rich) => string.Concat(rich.Descendants(Main + "t").Where(text => text.Parent!.Name != Main + "rPh").Select(text => text.Value));

    /// <summary>Comments, links and the like have no rows: what is telling goes from them.</summary>
    private long EraseText(ZipArchiveEntry part)
    {
        string text;
        using (var reader = new StreamReader(part.Open(), Encoding.Latin1))
        {
            text = reader.ReadToEnd();
        }

        if (!tokens.TellingPattern!.IsMatch(text))
        {
            return 0;
        }

        using var writer = Rewritten(part);
        writer.Write(Encoding.Latin1.GetBytes(tokens.AnyPattern!.Replace(text, "")));
        return 1;
    }

    private static XDocument Load(ZipArchiveEntry part)
    {
        using var stream = part.Open();
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
    }

    private static void Store(ZipArchiveEntry part, XDocument document)
    {
        using var stream = Rewritten(part);
        document.Save(stream, SaveOptions.DisableFormatting);
    }

    private static Stream Rewritten(ZipArchiveEntry part)
    {
        var stream = part.Open();
        stream.SetLength(0);
        return stream;
    }
}
