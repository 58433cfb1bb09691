using System.Text;

namespace Warehouse.Etl.Mapping.Checks;

/// <summary>The amounts of an order line must not be beyond what the star holds, in its own currency and in the reporting one.</summary>
internal sealed class AmountCheck : RowCheck
{
    public const string Expectation = "Expected amounts below 10,000,000,000,000";

    /// <summary>The star's money, DECIMAL(18,4), ends ten times higher; rounding and a discount stay below that.</summary>
    private const double TooMuch = 1e13;
    private const double One = 1e4;

    private readonly MappedColumn _quantity;
    private readonly MappedColumn[] _amounts;
    private readonly MappedColumn? _currency;
    private readonly (byte[] Currency, double Rate)[] _rates;

    /// <summary>Checks a line.</summary>
    /// <param name="check">What is expected.</param>
    /// <param name="price">The price of one.</param>
    /// <param name="quantity">How many.</param>
    /// <param name="others">Amounts of the whole line.</param>
    /// <param name="currency">The currency; null where all lines are in the reporting currency.</param>
    /// <param name="rates">The greatest rate of each currency.</param>
    public AmountCheck(
        Check check, MappedColumn price, MappedColumn quantity, IEnumerable<MappedColumn> others, MappedColumn? currency, KnownRates rates)
        : base(check, price)
    {
        _quantity = quantity;
        _amounts = [price, .. others];
        _currency = currency;
        _rates = [.. rates.Greatest.Where(rate => rate.Value > 1).Select(rate => (Encoding.UTF8.GetBytes(rate.Key), (double)rate.Value))];
    }

    protected override bool Fails(MappedBlock block, ColumnValues values, int row)
    {
        var most = Math.Abs(ValueOf(block, _quantity, row) * ValueOf(block, _amounts[0], row));
        foreach (var amount in _amounts)
        {
            most = Math.Max(most, Math.Abs(ValueOf(block, amount, row)));
        }

        return most * RateOf(block, row) >= TooMuch;
    }

    protected override string Found(MappedBlock block, int row) => $"{block.TextOf(_quantity.Number, row)} × {block.TextOf(Column, row)}";

    private static double ValueOf(MappedBlock block, MappedColumn column, int row)
    {
        var values = block.Columns[column.Number];
        return values.States[row] == ValueState.Present ? values.Values[row] / One : 0;
    }

    private double RateOf(MappedBlock block, int row)
    {
        if (_currency is null || _rates.Length == 0)
        {
            return 1;
        }

        var currency = block.Records.Text(block.Columns[_currency.Number].Texts[row]);
        foreach (var (code, rate) in _rates)
        {
            if (currency.SequenceEqual(code))
            {
                return rate;
            }
        }

        return 1;
    }
}
