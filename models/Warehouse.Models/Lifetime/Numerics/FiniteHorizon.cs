namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// ∫₀ᵗ e^(-δs) dE(s) = e^(-δt) E(t) + δ ∫₀ᵗ e^(-δs) E(s) ds, E(s) being the purchases expected within s. In
/// u = ln(1 + s/scale) both factors are smooth.
/// </summary>
internal static class FiniteHorizon
{
    private const double PanelLength = 1.5;

    public static double Discount(
        PurchaseModel model, PurchaseHistory history, double horizon, double discountRate, double scale, double atHorizon)
    {
        var end = Math.Log(1 + (horizon / scale));
        var panels = Math.Max((int)Math.Ceiling(end / PanelLength), 1);
        var length = end / panels;
        var sum = 0.0;
        for (var panel = 0; panel < panels; panel++)
        {
            for (var node = 0; node < GaussLegendre.Nodes; node++)
            {
                var growth = Math.Exp((panel + GaussLegendre.Abscissas[node]) * length);
                var time = Math.Min(scale * (growth - 1), horizon);
                sum += GaussLegendre.Weights[node]
                    * growth
                    * Math.Exp(-discountRate * time)
                    * model.ConditionalExpectedPurchases(history, time);
            }
        }

        return (Math.Exp(-discountRate * horizon) * atHorizon) + (discountRate * scale * length * sum);
    }
}
