using System.Text;

namespace Warehouse.Etl.Mapping.Checks;

/// <summary>A text must be a value of the column's kind.</summary>
internal sealed class KindCheck(Check check, MappedColumn column) : RowCheck(check, column)
{
    protected override bool Concerns(ColumnValues values) => values.HasUnreadable;

    protected override bool Fails(MappedBlock block, ColumnValues values, int row) => values.States[row] == ValueState.Unreadable;
}

/// <summary>There must be a value.</summary>
internal sealed class RequiredCheck(Check check, MappedColumn column) : RowCheck(check, column)
{
    protected override bool Concerns(ColumnValues values) => values.HasNone || values.HasUnreadable;

    protected override bool Fails(MappedBlock block, ColumnValues values, int row) => values.States[row] != ValueState.Present;
}

/// <summary>A value must lie within bounds, both inclusive.</summary>
internal sealed class BoundsCheck(Check check, MappedColumn column, long least, long most) : RowCheck(check, column)
{
    protected override bool Fails(MappedBlock block, ColumnValues values, int row) =>
        values.States[row] == ValueState.Present && (values.Values[row] < least || values.Values[row] > most);
}

/// <summary>A business date must lie within bounds, both inclusive.</summary>
internal sealed class CalendarCheck(Check check, MappedColumn column, int first, int last) : RowCheck(check, column)
{
    protected override bool Fails(MappedBlock block, ColumnValues values, int row) =>
        values.States[row] == ValueState.Present && (values.Dates[row] < first || values.Dates[row] > last);
}

/// <summary>A number must be one of some, or none of them.</summary>
internal sealed class NumberSetCheck(Check check, MappedColumn column, IReadOnlySet<long> numbers, bool isOneOf) : RowCheck(check, column)
{
    protected override bool Fails(MappedBlock block, ColumnValues values, int row) =>
        values.States[row] == ValueState.Present && numbers.Contains(values.Values[row]) != isOneOf;
}

/// <summary>A text must be one of some, or none of them, as it is written.</summary>
internal sealed class TextSetCheck(Check check, MappedColumn column, IEnumerable<string> texts, bool isOneOf) : RowCheck(check, column)
{
    private readonly byte[][] _texts = [.. texts.Select(Encoding.UTF8.GetBytes)];

    protected override bool Fails(MappedBlock block, ColumnValues values, int row)
    {
        if (values.States[row] != ValueState.Present)
        {
            return false;
        }

        var text = block.Records.Text(values.Texts[row]);
        foreach (var known in _texts)
        {
            if (text.SequenceEqual(known))
            {
                return !isOneOf;
            }
        }

        return isOneOf;
    }
}

/// <summary>A text must match a pattern as a whole.</summary>
internal sealed class PatternCheck(Check check, MappedColumn column, TextPattern pattern) : RowCheck(check, column)
{
    protected override bool Fails(MappedBlock block, ColumnValues values, int row) =>
        values.States[row] == ValueState.Present && !pattern.IsMatch(block.Records.Text(values.Texts[row]));
}

/// <summary>An instant must not be before that of another column.</summary>
internal sealed class OrderCheck(Check check, MappedColumn column, MappedColumn earlier) : RowCheck(check, column)
{
    protected override bool Fails(MappedBlock block, ColumnValues values, int row)
    {
        var start = block.Columns[earlier.Number];
        return values.States[row] == ValueState.Present && start.States[row] == ValueState.Present && values.Values[row] < start.Values[row];
    }
}
