namespace Warehouse.Etl.Mapping;

/// <summary>What an order line has to be for its amounts to be known: in a currency with a rate, and not beyond what the star holds.</summary>
internal sealed class MoneyChecks(KnownRates rates)
{
    /// <summary>The star's money, DECIMAL(18,4), ends ten times higher; rounding and a discount stay below that.</summary>
    private const double TooMuch = 1e13;

    /// <summary>The conditions under which a line is at fault.</summary>
    /// <param name="sql">Takes the values.</param>
    /// <param name="find">Gives the column of a name of the line's target, or null where the feed does not fill it.</param>
    public IEnumerable<(MappedColumn Column, string Condition, string Rule, string Expectation, string? Found)> Of(
        SqlText sql, Func<string, MappedColumn?> find)
    {
        var currency = find("currency");
        if (currency is not null)
        {
            yield return (
                currency,
                $"{currency.Name} NOT IN ({sql.List(rates.Greatest.Keys)})",
                "currency",
                $"Expected a currency whose rate is known: {string.Join(", ", rates.Greatest.Keys)}",
                null);
        }

        var quantity = find("quantity")!;
        var price = find("unit_price")!;
        string[] amounts =
        [
            $"CAST({quantity.Name} AS DOUBLE) * CAST({price.Name} AS DOUBLE)",
            .. new[] { price, find("discount_amount"), find("cost_amount") }.OfType<MappedColumn>().Select(column => $"CAST({column.Name} AS DOUBLE)"),
        ];
        yield return (
            price,
            $"greatest({string.Join(", ", amounts.Select(amount => $"abs({amount})"))}) * {Rate(sql, currency)} >= {sql.Value(TooMuch)}",
            "amount",
            "Expected amounts below 10,000,000,000,000",
            $"{quantity.Text} || ' × ' || {price.Text}");
    }

    private string Rate(SqlText sql, MappedColumn? currency)
    {
        var foreign = rates.Greatest.Where(rate => rate.Value > 1).ToArray();
        return currency is null || foreign.Length == 0
            ? "1"
            : $"CASE {currency.Name} {string.Join(' ', foreign.Select(rate => $"WHEN {sql.Value(rate.Key)} THEN {sql.Value((double)rate.Value)}"))} ELSE 1 END";
    }
}
