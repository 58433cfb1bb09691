using System.Text;

namespace Warehouse.Etl.Mapping.Checks;

/// <summary>On a line's date a rate of its currency must be known.</summary>
/// <param name="check">What is expected.</param>
/// <param name="currency">The currency.</param>
/// <param name="date">The instant with the line's date.</param>
/// <param name="first">The first date, in days since 1970, of each currency's rates.</param>
internal sealed class RateDateCheck(Check check, MappedColumn currency, MappedColumn date, IEnumerable<KeyValuePair<string, int>> first)
    : RowCheck(check, currency)
{
    private readonly (byte[] Currency, int From)[] _first = [.. first.Select(rate => (Encoding.UTF8.GetBytes(rate.Key), rate.Value))];

    protected override bool Fails(MappedBlock block, ColumnValues values, int row)
    {
        if (values.States[row] != ValueState.Present)
        {
            return false;
        }

        var text = block.Records.Text(values.Texts[row]);
        foreach (var (code, from) in _first)
        {
            if (text.SequenceEqual(code))
            {
                return block.Columns[date.Number].Dates[row] < from;
            }
        }

        return false;
    }

    protected override string Found(MappedBlock block, int row) => $"{block.TextOf(Column, row)} of {block.TextOf(date.Number, row)}";
}
