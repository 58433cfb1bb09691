using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warehouse.DuckDb;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Mapping;

/// <summary>Appends mapped blocks to <c>temp.mapped</c>. A row that fails a check, or leaves out what the first about a fact has to say, is kept as it was read.</summary>
/// <param name="appender">Appends to the table.</param>
/// <param name="feed">The feed.</param>
/// <param name="columns">Its columns.</param>
/// <param name="header">The names of the source's columns.</param>
/// <param name="loadKey">The load that the rows belong to.</param>
/// <param name="firstRow">The place in the table of the first row.</param>
/// <param name="seen">The rows of the load so far, where an equal one is a fault; those that may be such are kept as they were read too.</param>
internal sealed class MappedWriter(
    DuckDBAppender appender, Feed feed, IReadOnlyList<MappedColumn> columns, IReadOnlyList<string> header, int loadKey, long firstRow, RowSieve? seen)
{
    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[][][] _identities =
        [.. columns.Select(column => column.Mapping.Sources.Select(source => Encoding.UTF8.GetBytes(source.Identity ?? "")).ToArray())];

    private readonly (bool IsFilled, int Column)[] _first =
    [
        .. feed.Fills.Index().Where(fill => fill.Item.Accumulates).SelectMany(fill => fill.Item.Target.Columns.Where(column => column.IsOnlyForFirst).Select(column =>
            columns.FirstOrDefault(mapped => mapped.Place == fill.Index && mapped.Mapping.Column == column) is { } mapped ? (true, mapped.Number) : (false, 0))),
    ];

    private long _next = firstRow;

    /// <summary>Appends a block.</summary>
    public void Write(MappedBlock block)
    {
        for (var start = 0; start < block.Faults.Length; start += DuckDBAppender.ChunkCapacity)
        {
            var count = Math.Min(DuckDBAppender.ChunkCapacity, block.Faults.Length - start);
            WriteRows(block, start, count);
            appender.AppendChunk(count);
        }
    }

    private void WriteRows(MappedBlock block, int start, int count)
    {
        var places = appender.Column(0).AsSpan<long>();
        appender.Column(1).AsSpan<int>()[..count].Fill(loadKey);
        var lines = appender.Column(2).AsSpan<long>();
        block.Faults.AsSpan(start, count).CopyTo(appender.Column(3).AsSpan<short>());
        var found = appender.Column(4);
        var raw = appender.Column(5);
        for (var row = 0; row < count; row++)
        {
            places[row] = _next++;
            lines[row] = block.Records.Line(start + row);
            var isGood = block.Faults[start + row] == 0;
            if (block.Faults[start + row] == RowFilter.LeftOut || (isGood && !IsForLater(block, start + row) && !MayRepeat(block, start + row)))
            {
                found.WriteNull(row);
                raw.WriteNull(row);
                continue;
            }

            raw.WriteUtf8Text(row, Raw(block.Records, start + row));
            if (!isGood && block.Found.GetValueOrDefault(start + row) is { } text)
            {
                found.WriteText(row, text);
            }
            else
            {
                found.WriteNull(row);
            }
        }

        var next = 6;
        foreach (var column in columns)
        {
            next = WriteColumn(block, column, next, start, count);
        }

        foreach (var texts in block.Identifiers)
        {
            WriteTexts(appender.Column(next++), block.Records, texts.AsSpan(start, count));
        }

        if (seen is not null)
        {
            WriteHashes(block.Hashes.AsSpan(start, count), appender.Column(next).AsSpan<long>(), appender.Column(next + 1).AsSpan<long>());
        }
    }

    private static void WriteHashes(ReadOnlySpan<UInt128> hashes, Span<long> upper, Span<long> lower)
    {
        for (var row = 0; row < hashes.Length; row++)
        {
            upper[row] = unchecked((long)(ulong)(hashes[row] >> 64));
            lower[row] = unchecked((long)(ulong)hashes[row]);
        }
    }

    private bool MayRepeat(MappedBlock block, int row) => seen is not null && seen.MayRepeat(block.Hashes[row]);

    /// <summary>Whether a row can only be taken where something is known of its fact.</summary>
    private bool IsForLater(MappedBlock block, int row)
    {
        foreach (var (isFilled, column) in _first)
        {
            if (!isFilled || block.Columns[column].States[row] != ValueState.Present)
            {
                return true;
            }
        }

        return false;
    }

    private int WriteColumn(MappedBlock block, MappedColumn column, int next, int start, int count)
    {
        var values = block.Columns[column.Number];
        var states = values.States.AsSpan(start, count);
        switch (column.Mapping.Column.Kind)
        {
            case ColumnKind.Text or ColumnKind.Customer:
                WriteTexts(appender.Column(next++), block.Records, values.Texts.AsSpan(start, count));
                break;
            case ColumnKind.Date:
                var dates = appender.Column(next).AsSpan<int>();
                for (var row = 0; row < count; row++)
                {
                    dates[row] = (int)values.Values[start + row];
                }

                WriteNulls(appender.Column(next++), states);
                break;
            case ColumnKind.Flag:
                var flags = appender.Column(next).AsSpan<bool>();
                for (var row = 0; row < count; row++)
                {
                    flags[row] = values.Values[start + row] != 0;
                }

                WriteNulls(appender.Column(next++), states);
                break;
            default:
                values.Values.AsSpan(start, count).CopyTo(appender.Column(next).AsSpan<long>());
                WriteNulls(appender.Column(next++), states);
                break;
        }

        if (column.Mapping.Column.Kind == ColumnKind.Customer)
        {
            WriteIdentities(appender.Column(next++), values, _identities[column.Number], start, count);
        }
        else if (column.IsBusinessDate)
        {
            values.Dates.AsSpan(start, count).CopyTo(appender.Column(next).AsSpan<int>());
            WriteNulls(appender.Column(next++), states);
        }

        return next;
    }

    private static void WriteNulls(DuckDBAppenderColumn column, ReadOnlySpan<ValueState> states)
    {
        for (var row = states.IndexOfAnyExcept(ValueState.Present); row >= 0 && row < states.Length; row++)
        {
            if (states[row] != ValueState.Present)
            {
                column.WriteNull(row);
            }
        }
    }

    private static void WriteTexts(DuckDBAppenderColumn column, RecordBlock records, ReadOnlySpan<Slice> texts)
    {
        for (var row = 0; row < texts.Length; row++)
        {
            if (texts[row].Length == 0)
            {
                column.WriteNull(row);
            }
            else
            {
                column.WriteUtf8Text(row, records.Text(texts[row]));
            }
        }
    }

    private static void WriteIdentities(DuckDBAppenderColumn column, ColumnValues values, byte[][] identities, int start, int count)
    {
        for (var row = 0; row < count; row++)
        {
            if (values.States[start + row] == ValueState.None)
            {
                column.WriteNull(row);
            }
            else
            {
                column.WriteUtf8Text(row, identities[values.Choices[start + row]]);
            }
        }
    }

    /// <summary>The fields of a row by their names, as JSON.</summary>
    private byte[] Raw(RecordBlock records, int row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, AsItIs))
        {
            json.WriteStartObject();
            foreach (var (field, text) in records.Record(row).ToArray().Index())
            {
                if (text.Length == 0)
                {
                    json.WriteNull(header[field]);
                }
                else
                {
                    json.WriteString(header[field], records.Text(text));
                }
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
