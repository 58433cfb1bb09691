namespace Warehouse.Campaigns.Measurement;

/// <summary>What a campaign costs and what of its sales is kept.</summary>
/// <param name="Outcome">The outcome that is money.</param>
/// <param name="Margin">The share of it that is kept, above 0 and at most 1.</param>
/// <param name="CostPerCustomer">What treating one customer costs, in the same money.</param>
public sealed record ProfitTerms(string Outcome, double Margin, double CostPerCustomer);

/// <summary>What an arm earned beyond what the same customers would have brought anyway.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="PerCustomer">Incremental margin less cost, for each customer assigned.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Total">For all customers of the arm.</param>
/// <param name="Cost">What treating them cost.</param>
/// <param name="ReturnOnCost">The total by the cost; null where it cost nothing.</param>
public sealed record Profit(string Arm, double PerCustomer, double Low, double High, double Total, double Cost, double? ReturnOnCost)
{
    internal static Profit Of(Effect effect, ProfitTerms terms)
    {
        var each = (terms.Margin * effect.Difference) - terms.CostPerCustomer;
        var cost = terms.CostPerCustomer * effect.Customers;
        return new Profit(
            effect.Arm,
            each,
            (terms.Margin * effect.Low) - terms.CostPerCustomer,
            (terms.Margin * effect.High) - terms.CostPerCustomer,
            each * effect.Customers,
            cost,
            cost == 0 ? null : each * effect.Customers / cost);
    }
}
