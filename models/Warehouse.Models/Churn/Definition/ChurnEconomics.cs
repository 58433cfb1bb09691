using Warehouse.Definitions;

namespace Warehouse.Models.Churn;

/// <summary>
/// What a retention campaign costs and brings, per customer, in the reporting currency. The share of churners who accept
/// the offer is not known: it is a Beta distribution.
/// </summary>
/// <param name="Value">What a customer who is kept is worth.</param>
/// <param name="OfferCost">What the offer costs when it is taken.</param>
/// <param name="ContactCost">What reaching a customer costs.</param>
/// <param name="AcceptanceAlpha">First parameter of the Beta distribution of acceptance.</param>
/// <param name="AcceptanceBeta">Second parameter of it.</param>
/// <remarks>
/// The defaults are those of Verbraken, Verbeke and Baesens (2013), « A novel profit maximizing metric for measuring
/// classification performance of customer churn prediction models »: 200, 10, 1, Beta(6, 14).
/// </remarks>
public sealed record ChurnEconomics(double Value, double OfferCost, double ContactCost, double AcceptanceAlpha, double AcceptanceBeta)
{
    /// <summary>The paper's values.</summary>
    public static ChurnEconomics Default { get; } = new(200, 10, 1, 6, 14);

    /// <summary>The mean share of churners who accept.</summary>
    public double Acceptance => AcceptanceAlpha / (AcceptanceAlpha + AcceptanceBeta);

    internal static ChurnEconomics Read(DefinitionMap? map)
    {
        if (map is null)
        {
            return Default;
        }

        var accepts = map.Map("accepts");
        return new ChurnEconomics(
            (double)(map.Number("value", 0.01m) ?? 200m),
            (double)(map.Number("offer_cost", 0m) ?? 10m),
            (double)(map.Number("contact_cost", 0m) ?? 1m),
            (double)(accepts?.Number("alpha", 0.01m, 1000m) ?? 6m),
            (double)(accepts?.Number("beta", 0.01m, 1000m) ?? 14m));
    }
}
