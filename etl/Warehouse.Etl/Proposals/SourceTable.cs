using System.Runtime.InteropServices;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Proposals;

/// <summary>A table that was found in a file: how it is read, and what its columns look like.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">What people would call the table: the file's name without endings, or the name that the file gives it.</param>
/// <param name="Format">How the file is written.</param>
/// <param name="Source">How it is read.</param>
/// <param name="Encoding">The encoding as a feed names it; null for UTF-8.</param>
/// <param name="Notes">Why it is read so, where that was guessed.</param>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Duplicates">How many of them are equal to an earlier one in every column.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record SourceTable(
    string Path, string Name, FileFormat Format, FeedSource Source, string? Encoding, IReadOnlyList<string> Notes, long Rows, long Duplicates,
    IReadOnlyList<ColumnEvidence> Columns)
{
    private const int StartBytes = 1 << 20;
    private const int FirstLines = 300;
    private const int MostRemarks = 30;

    /// <summary>Whether all its rows were looked at.</summary>
    public bool IsWhole { get; init; }

    /// <summary>All files that have the table, as the workspace names them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The values of each column and how often each was seen.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Values { get; init; }

    /// <summary>The first rows, a text for each column: what the columns of a row have to do with each other.</summary>
    public required IReadOnlyList<string[]> Sample { get; init; }

    /// <summary>How many records cannot be split into the fields of the header: a load rejects them.</summary>
    public long Broken { get; init; }

    /// <summary>Whether the file names its columns.</summary>
    public bool HasHeader => Source is { Header: null } or { Part.HeaderRow: not null };

    /// <summary>The tables of a file.</summary>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    public static async Task<IReadOnlyList<SourceTable>> ReadAllAsync(string path, CancellationToken cancellationToken)
    {
        var name = System.IO.Path.GetFileName(path);
        var format = SourceInspection.FormatOf(path);
        var plain = new FeedSource([], null, new SourcePart(null, null, null, null, null), null, null, '"', System.Text.Encoding.UTF8, [], false, null);
        switch (format)
        {
            case FileFormat.Csv:
                var (source, encoding, notes) = SourceFault.Guarded(name, () => Guess(path, plain));
                return [await ReadAsync(path, StemOf(path), format, source, encoding, notes, cancellationToken)];
            case FileFormat.Json:
                return [JsonShape.IsOneDocument(path, out var array)
                    ? await ReadNestedAsync(path, format, plain with { Part = plain.Part with { Path = array } }, [], cancellationToken)
                    : await ReadNestedAsync(path, FileFormat.JsonLines, plain, ["format jsonl: an object on each line"], cancellationToken)];
            case FileFormat.Excel:
                var sheets = ExcelRows.Sheets(path, name);
                var read = new List<SourceTable>();
                foreach (var (sheet, row) in sheets.Count > 0 ? sheets : [(name, null)])
                {
                    var part = plain.Part with { Sheet = sheets.Count > 1 ? sheet : null, HeaderRow = row };
                    read.Add(await ReadAsync(path, sheets.Count > 1 ? sheet : StemOf(path), format, plain with { Part = part }, null, [], cancellationToken));
                }

                return read;
            case FileFormat.JsonLines:
                return [await ReadNestedAsync(path, format, plain, [], cancellationToken)];
            case FileFormat.DuckDb:
                var tables = new List<SourceTable>();
                foreach (var table in await TablesOfAsync(path, cancellationToken))
                {
                    tables.Add(await ReadAsync(path, table.Split('.')[^1], format, plain with { Part = plain.Part with { Table = table } }, null, [], cancellationToken));
                }

                return tables;
            default:
                return [await ReadAsync(path, StemOf(path), format, plain, null, [], cancellationToken)];
        }
    }

    private static string StemOf(string path)
    {
        var stem = System.IO.Path.GetFileName(path);
        stem = stem.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? stem[..^3] : stem;
        return System.IO.Path.GetFileNameWithoutExtension(stem);
    }

    private static (FeedSource Source, string? Encoding, IReadOnlyList<string> Notes) Guess(string path, FeedSource plain)
    {
        var notes = new List<string>();
        var encoding = EncodingGuess.Of(StartOf(path));
        if (encoding is { } found)
        {
            notes.Add($"encoding {found.Name}: {found.Why}");
        }

        var source = plain with { Encoding = EncodingGuess.Named(encoding?.Name) };
        using var stream = SourceStream.Open(path, source.Encoding, out _);
        using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
        var lines = new List<string>();
        while (lines.Count < FirstLines && reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        var guess = DelimiterGuess.Of([.. lines.Where(line => line.Length > 0)]);
        source = guess.Delimiter is { } sign ? source with { Delimiter = sign } : source with { HasBlankRuns = true };
        if (guess.Delimiter != ",")
        {
            var between = guess.Delimiter switch { null => "blanks", "\t" => "a tab", var other => $"\"{other}\"" };
            notes.Add(FormattableString.Invariant($"{between} between fields: {guess.Share:0%} of the first {lines.Count} lines then have {guess.Fields}"));
        }

        return (StartOf(lines, guess, source, notes), encoding?.Name, notes);
    }

    /// <summary>How a text is read whose first lines are remarks: comments, a title, Excel's « sep=; ».</summary>
    private static FeedSource StartOf(List<string> lines, DelimiterGuess guess, FeedSource source, List<string> notes)
    {
        var widest = lines.Take(MostRemarks).Select(guess.FilledIn).DefaultIfEmpty().Max();
        var records = lines.FindIndex(line => guess.FieldsIn(line) == guess.Fields && guess.FilledIn(line) * 2 >= widest);
        if (guess.Fields < 2 || guess.Delimiter is null || records is <= 0 or > MostRemarks || lines.Take(records).Any(line => line.Contains('"', StringComparison.Ordinal) && (guess.FieldsIn(line) > 1 || line.Count(sign => sign == '"') % 2 != 0)))
        {
            return source;
        }

        if (lines.Take(records).All(line => line.StartsWith('#')) && lines.Skip(records).All(line => !line.StartsWith('#') || guess.FieldsIn(line) < guess.Fields))
        {
            notes.Add("a comment in each line that begins with #");
            return source with { Comment = '#' };
        }

        notes.Add(FormattableString.Invariant($"the names of the columns in line {records + 1}: those before it ({lines[0]}) have fewer fields"));
        return source with { Part = source.Part with { HeaderRow = records + 1 } };
    }

    private static byte[] StartOf(string path)
    {
        using var stream = SourceStream.Open(path, System.Text.Encoding.UTF8, out var isTranscoded);
        var start = new byte[StartBytes];
        return isTranscoded ? [0xFF, 0xFE] : start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Objects that hold their lines as an array of objects are looked at line by line.</summary>
    private static async Task<SourceTable> ReadNestedAsync(
        string path, FileFormat format, FeedSource source, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var table = await ReadAsync(path, StemOf(path), format, source, null, notes, cancellationToken);
        var lines = table.Columns.FirstOrDefault(column =>
            column.Filled > 0 && NameTokens.Of(column.Name.Split('.')[^1]).All(word => word is "line" or "product" or "order")
            && table.Values[column.Name].Keys.All(text => text.StartsWith('[') && text[1..].TrimStart() is ['{', ..]));
        return lines is null
            ? table
            : await ReadAsync(
                path, table.Name, format, source with { Each = lines.Name }, null, [.. notes, $"a row for each element of {lines.Name}, the values of its object beside it"], cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> TablesOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var rows = await QueryRows.OfDatabaseAsync(
            path, System.IO.Path.GetFileName(path), new SourcePart(null, null, null, null, "SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY ALL"), cancellationToken);
        var tables = new List<string>();
        foreach (var block in rows.Read(cancellationToken))
        {
            using (block)
            {
                tables.AddRange(Enumerable.Range(0, block.Count).Select(row => System.Text.Encoding.UTF8.GetString(block.Text(block.Record(row)[0]))));
            }
        }

        return tables;
    }

    private static async Task<SourceTable> ReadAsync(
        string path, string name, FileFormat format, FeedSource source, string? encoding, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var scan = await TableScan.OfAsync(path, format, source, cancellationToken);
        if (format == FileFormat.Csv && scan.Broken > 0)
        {
            foreach (var (other, what) in new[]
            {
                (source with { Escape = '\\' }, "a backslash before quotes within fields"),
                (source with { JoinsStrayDelimiters = true }, "delimiters before a blank joined to the text in records with too many fields"),
            })
            {
                var again = await TableScan.OfAsync(path, format, other, cancellationToken);
                if (again.Broken < scan.Broken)
                {
                    notes = [.. notes, FormattableString.Invariant($"{what}: {again.Broken} records cannot be split so, {scan.Broken} otherwise")];
                    (source, scan) = (other, again);
                }
            }
        }

        var names = Named(scan);
        if (format == FileFormat.Csv && !names.SequenceEqual(scan.Header) && LooksLikeHeader(names, scan.Values))
        {
            source = source with { Header = names, Part = source.Part with { HeaderRow = source.Part.HeaderRow ?? 1 } };
            notes = [.. notes, $"other names for columns that the header does not name, or names alike: {string.Join(", ", names.Except(scan.Header))}"];
            scan = await TableScan.OfAsync(path, format, source, cancellationToken);
        }
        else if (format == FileFormat.Csv && scan.Header.Count > 0 && !LooksLikeHeader(names, scan.Values))
        {
            names = [.. Enumerable.Range(1, scan.Header.Count).Select(number => FormattableString.Invariant($"column_{number}"))];
            source = source with { Header = names };
            notes = [.. notes, $"no header: the first record ({string.Join(", ", scan.Header)}) holds values like those below it"];
            scan = await TableScan.OfAsync(path, format, source, cancellationToken);
        }

        if (format is FileFormat.Csv or FileFormat.Excel && FillDownGuess.Of(scan, name) is { Count: > 0 } once)
        {
            source = source with { FillDown = once };
            notes = [.. notes, $"empty cells filled from above within each {once[0]}: only its first row tells {string.Join(", ", once.Skip(1))}"];
            scan = await TableScan.OfAsync(path, format, source, cancellationToken);
        }

        return new SourceTable(path, name, format, source, encoding, notes, scan.Rows, scan.Duplicates, [])
        {
            IsWhole = scan.Rows < TableScan.MostRows,
            Broken = scan.Broken,
            Sample = scan.Sample,
            Values = scan.Header.Zip(scan.Values).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => (IReadOnlyDictionary<string, int>)pair.Second),
        }.Judged();
    }

    /// <summary>The table that several files have a part of each: what one of them leaves open, such as which number of a date is the month, another may tell.</summary>
    /// <param name="parts">The parts, the largest first.</param>
    public static SourceTable Together(IReadOnlyList<SourceTable> parts) => parts.Count == 1
        ? parts[0]
        : ((parts.FirstOrDefault(part => part.Encoding is not null) ?? parts[0]) with
        {
            IsWhole = parts.All(part => part.IsWhole),
            Rows = parts.Sum(part => part.Rows),
            Duplicates = parts.Sum(part => part.Duplicates),
            Broken = parts.Sum(part => part.Broken),
            Sample = TableScan.Bounded(parts.SelectMany(part => part.Sample)),
            Values = parts[0].Values.Keys.ToDictionary(column => column, column => (IReadOnlyDictionary<string, int>)Sum(parts.Select(part => part.Values[column]))),
        }).Judged();

    private static Dictionary<string, int> Sum(IEnumerable<IReadOnlyDictionary<string, int>> counts)
    {
        var sum = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (value, count) in counts.SelectMany(part => part))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sum, value, out _) += count;
        }

        return sum;
    }

    /// <summary>The same with what its values tell of the columns, and of how they are written.</summary>
    private SourceTable Judged()
    {
        var names = Values.Keys.ToArray();
        var prefix = NameTokens.SharedPrefix(names);
        var columns = DateFormats.Settled([.. names.Select(column => ColumnEvidence.Of(column, Rows, Values[column]) with { Tokens = TokensOf(column[prefix..], Source.Each) })]);
        var notes = Notes;
        var sure = columns.FirstOrDefault(column => Assignment.IsMost(column.CommaAmounts, column) && column.CommaAmounts > .6 && column.Amounts < column.CommaAmounts);
        if (sure is not null)
        {
            notes = Source.DecimalComma ? notes : [.. notes, FormattableString.Invariant($"a comma before decimals: {sure.CommaAmounts:0%} of {sure.Name} are numbers so, and {sure.Amounts:0%} with a point")];
            columns = [.. columns.Select(column => column with { Numbers = Math.Max(column.Numbers, column.CommaNumbers), Amounts = Math.Max(column.Amounts, column.CommaAmounts) })];
        }

        string[] nulls = [.. columns.SelectMany(column => column.Nulls).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        return this with { Columns = columns, Notes = notes, Source = Source with { DecimalComma = sure is not null, Nulls = nulls } };
    }

    /// <summary>The words of a column's name; « id » of an element is the line's, any other word that could be of anything the product's.</summary>
    private static IReadOnlyList<string> TokensOf(string column, string? each)
    {
        if (each is null || !column.StartsWith(each + ".", StringComparison.Ordinal))
        {
            return NameTokens.Of(column);
        }

        var words = NameTokens.Of(column[(each.Length + 1)..]);
        return words is ["id"] ? ["line", "id"] : words is ["name"] ? ["product", "name"] : words;
    }

    /// <summary>The names, with a number where there is none or where it was there before; unnamed columns at the end without a value need none.</summary>
    private static List<string> Named(TableScan scan)
    {
        var unnamed = Enumerable.Range(0, scan.Header.Count).Where(place => scan.Header[place].Length == 0).ToArray();
        var last = scan.Header.ToList().FindLastIndex(name => name.Length > 0);
        return unnamed.All(place => place > last && scan.Values[place].Count == 0)
            ? [.. OnceEach([.. scan.Header.Take(last + 1)]), .. scan.Header.Skip(last + 1)]
            : OnceEach([.. scan.Header.Select((name, place) => name.Length > 0 ? name : FormattableString.Invariant($"column_{place + 1}"))]);
    }

    /// <summary>The names, those that were there before with a number.</summary>
    private static List<string> OnceEach(IReadOnlyList<string> header)
    {
        var names = new List<string>();
        foreach (var column in header)
        {
            var numbered = Enumerable.Range(2, header.Count).Select(number => FormattableString.Invariant($"{column}_{number}"));
            names.Add(names.Contains(column) ? numbered.First(other => !names.Contains(other) && !header.Contains(other)) : column);
        }

        return names;
    }

    /// <summary>Most columns have names, and names are no numbers, dates or addresses, are there once each, and do not come again as values.</summary>
    private static bool LooksLikeHeader(List<string> header, Dictionary<string, int>[] values) =>
        header.All(name => name.Length == 0 || (!char.IsAsciiDigit(name[0]) && !name.StartsWith('-') && !name.Contains('@', StringComparison.Ordinal)
            && DateFormats.Of(System.Text.Encoding.UTF8.GetBytes(name)) == 0))
        && header.Count(name => name.Length > 0) * 2 > header.Count
        && !header.Zip(values).All(pair => pair.Second.ContainsKey(pair.First));
}
