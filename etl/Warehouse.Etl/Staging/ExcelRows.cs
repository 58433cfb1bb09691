using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>The rows of a workbook's sheet. A row's line is its number in the sheet; rows without a value are none.</summary>
internal sealed class ExcelRows : IRowSource
{
    private const int RowsOfABlock = 2048;

    private readonly IExcelDataReader _reader;
    private readonly string _name;
    private long _line;

    static ExcelRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>So many rows are looked at to find the one that names the columns.</summary>
    private const int FirstRows = 30;

    private ExcelRows(IExcelDataReader reader, string name, SourcePart part)
    {
        (_reader, _name) = (reader, name);
        FindSheet(part.Sheet);
        Header = ReadHeader(part.HeaderRow);
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Opens a workbook.</summary>
    /// <exception cref="UserFaultException">It is none, or has no such sheet.</exception>
    public static ExcelRows Open(string path, string name, SourcePart part) => Opened(path, name, reader => new ExcelRows(reader, name, part));

    /// <summary>
    /// The sheets that can be seen and hold something, each with the row that likely names its columns: the first that is nearly as
    /// wide as the widest. Null where that is the first with a value.
    /// </summary>
    /// <exception cref="UserFaultException">The file is no workbook.</exception>
    public static IReadOnlyList<(string Sheet, int? HeaderRow)> Sheets(string path, string name) => Opened(path, name, reader =>
    {
        using (reader)
        {
            var sheets = new List<(string, int?)>();
            do
            {
                if (reader.VisibleState == "visible" && FilledCells(reader) is { Count: > 0 } filled)
                {
                    var widest = filled.Max(row => row.Cells);
                    var header = filled.First(row => row.Cells * 5 >= widest * 4).Row;
                    sheets.Add((reader.Name, header == filled[0].Row ? null : header));
                }
            }
            while (reader.NextResult());
            return (IReadOnlyList<(string, int?)>)sheets;
        }
    });

    private static T Opened<T>(string path, string name, Func<IExcelDataReader, T> read)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.RandomAccess);
        try
        {
            return Guarded(name, () =>
            {
                RequireHonest(file);
                return read(ExcelReaderFactory.CreateOpenXmlReader(file));
            });
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static List<(int Row, int Cells)> FilledCells(IExcelDataReader reader)
    {
        var filled = new List<(int Row, int Cells)>();
        for (var row = 1; row <= FirstRows && reader.Read(); row++)
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Count(field => reader.GetValue(field) is not null);
            if (cells > 0)
            {
                filled.Add((row, cells));
            }
        }

        return filled;
    }

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        var block = new RecordBlock(Header.Count) { IsTyped = true };
        while (Guarded(_name, TryRead))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(block);
            if (block.Count + block.Broken.Count == RowsOfABlock)
            {
                yield return block;
                block = new RecordBlock(Header.Count) { IsTyped = true };
            }
        }

        yield return block;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Refuses a workbook whose parts would fill the memory.</summary>
    private static void RequireHonest(FileStream file)
    {
        using var parts = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var length = parts.Entries.Sum(part => part.Length);
        if (length > BoundedStream.AlwaysAllowed && length > file.Length * BoundedStream.MostTimes)
        {
            throw new InvalidDataException(FormattableString.Invariant($"It unpacks to more than {BoundedStream.MostTimes} times its size."));
        }

        file.Position = 0;
    }

    /// <summary>Runs what reads the workbook: what a broken one makes the reader throw is not said anywhere.</summary>
    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is not (UserFaultException or OperationCanceledException or OutOfMemoryException))
        {
            throw new UserFaultException($"{name} is no Excel workbook (.xlsx) that can be read: {broken.Message} Nothing was loaded.", broken);
        }
    }

    private void FindSheet(string? sheet)
    {
        var names = new List<string>();
        do
        {
            if (sheet is null ? _reader.VisibleState == "visible" : _reader.Name == sheet)
            {
                return;
            }

            names.Add(_reader.Name);
        }
        while (_reader.NextResult());
        if (sheet is null)
        {
            throw new UserFaultException($"{_name} has no sheet that can be seen. Nothing was loaded. Say by \"sheet\" which is meant: {string.Join(", ", names)}.");
        }

        throw new UserFaultException($"{_name} has no sheet \"{sheet}\". Nothing was loaded. {NearNames.Hint(sheet, names, "sheets")}");
    }

    private IReadOnlyList<string> ReadHeader(int? row)
    {
        while (TryRead())
        {
            if (row is null || _line == row)
            {
                var names = Enumerable.Range(0, _reader.FieldCount).Select(field => TextOf(_reader.GetValue(field)).Trim()).ToList();
                return names[..(names.FindLastIndex(name => name.Length > 0) + 1)];
            }
        }

        return [];
    }

    /// <summary>Moves to the next row that has a value.</summary>
    private bool TryRead()
    {
        while (_reader.Read())
        {
            _line++;
            if (Enumerable.Range(0, _reader.FieldCount).Any(field => _reader.GetValue(field) is not null))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(RecordBlock block)
    {
        var texts = Enumerable.Range(0, Math.Max(Header.Count, _reader.FieldCount))
            .Select(field => field < _reader.FieldCount ? TextOf(_reader.GetValue(field)) : "")
            .ToArray();
        if (texts.Skip(Header.Count).Any(text => text.Length > 0))
        {
            block.Broken.Add(new BrokenRecord(
                _line,
                "fields",
                FormattableString.Invariant($"The row has values beyond the {Header.Count} columns of the header."),
                string.Join('\t', texts)));
            return;
        }

        block.Add([.. texts.Take(Header.Count).Select(text => block.Append(text))], _line);
    }

    /// <summary>Excel's fractions of a day are exact to the millisecond.</summary>
    private static DateTime Rounded(DateTime time) =>
        new((time.Ticks + (TimeSpan.TicksPerMillisecond / 2)) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Unspecified);

    private static string TextOf(DateTime time) => time switch
    {
        { Year: < 1900 } => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        { TimeOfDay.Ticks: 0 } => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => time.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
    };

    /// <summary>A cell as text. Excel writes a time without a date as one of the day 0.</summary>
    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => TextOf(Rounded(time)),
        TimeSpan span => FormattableString.Invariant($"{(long)span.TotalHours:00}:{span.Minutes:00}:{span.Seconds:00}"),
        double number when Math.Abs(number) < 1e27 => ((decimal)number).ToString(CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
