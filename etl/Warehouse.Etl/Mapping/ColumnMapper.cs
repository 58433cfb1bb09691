using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>Gives a column its values in the rows of a block.</summary>
internal sealed class ColumnMapper
{
    private readonly MappedColumn _column;
    private readonly FieldText[] _sources;
    private readonly byte[]? _constant;
    private readonly ValueReader? _reader;
    private readonly ZoneOffsets _businessZone;

    /// <summary>Prepares a column for files of one header.</summary>
    /// <param name="column">The column.</param>
    /// <param name="source">How values are written.</param>
    /// <param name="fields">Gives the text of a source column.</param>
    /// <param name="zones">Gives the clocks of a zone.</param>
    /// <param name="businessZone">The clocks by which an instant has its date.</param>
    public ColumnMapper(
        MappedColumn column, FeedSource source, Func<ValueSource, FieldText> fields, Func<string, ZoneOffsets> zones, ZoneOffsets businessZone)
    {
        _column = column;
        _sources = [.. column.Mapping.Sources.Select(fields)];
        _constant = column.Mapping.Constant is { } constant ? Encoding.UTF8.GetBytes(constant) : null;
        _reader = ValueReader.Of(column.Mapping, source, zones(column.Zone));
        _businessZone = businessZone;
    }

    public ColumnValues Map(RecordBlock block)
    {
        var values = new ColumnValues(block.Count, _column.IsBusinessDate);
        if (_constant is not null)
        {
            Array.Fill(values.Texts, block.Append(_constant));
        }
        else
        {
            ReadTexts(block, values);
        }

        if (_reader is null)
        {
            for (var row = 0; row < values.Texts.Length; row++)
            {
                if (values.States[row] == ValueState.Unreadable)
                {
                    continue;
                }

                Set(values, row, values.Texts[row].Length == 0 ? ValueState.None : ValueState.Present);
            }
        }
        else
        {
            ReadValues(block, values, _reader);
        }

        return values;
    }

    private static void Set(ColumnValues values, int row, ValueState state)
    {
        values.States[row] = state;
        values.HasNone |= state == ValueState.None;
        values.HasUnreadable |= state == ValueState.Unreadable;
    }

    private void ReadTexts(RecordBlock block, ColumnValues values)
    {
        for (var row = 0; row < values.Texts.Length; row++)
        {
            for (var choice = 0; choice < _sources.Length; choice++)
            {
                var text = _sources[choice].Of(block, row, out var isWrong);
                if (text.Length > 0)
                {
                    if (isWrong)
                    {
                        Set(values, row, ValueState.Unreadable);
                    }

                    values.Texts[row] = text;
                    values.Choices[row] = (byte)choice;
                    break;
                }
            }
        }
    }

    private void ReadValues(RecordBlock block, ColumnValues values, ValueReader reader)
    {
        for (var row = 0; row < values.Texts.Length; row++)
        {
            var text = values.Texts[row];
            if (text.Length == 0 || values.States[row] == ValueState.Unreadable)
            {
                values.HasNone |= text.Length == 0;
                continue;
            }

            var isTyped = block.IsTyped || (_sources.Length > 0 && _sources[values.Choices[row]].IsComputed);
            var isValue = reader.TryRead(block.Text(text), isTyped, out values.Values[row]);
            Set(values, row, isValue ? ValueState.Present : ValueState.Unreadable);
            if (values.Dates.Length > 0 && isValue)
            {
                values.Dates[row] = WrittenTime.DayOf(_businessZone.ToLocal(values.Values[row]));
            }
        }
    }
}
