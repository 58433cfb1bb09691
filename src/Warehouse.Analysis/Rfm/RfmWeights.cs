using Warehouse.Definitions;

namespace Warehouse.Analysis.Rfm;

/// <summary>How much each score weighs in the combined score, which is their weighted mean: it too runs from 1 to the number of scores.</summary>
public sealed record RfmWeights(decimal Recency, decimal Frequency, decimal Monetary)
{
    /// <summary>The combined score.</summary>
    public decimal Combine(int recency, int frequency, int monetary) =>
        ((Recency * recency) + (Frequency * frequency) + (Monetary * monetary)) / (Recency + Frequency + Monetary);

    internal void Require()
    {
        if (Recency < 0 || Frequency < 0 || Monetary < 0 || Recency + Frequency + Monetary <= 0)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"Weights are zero or more, and at least one is more: not {Recency}, {Frequency}, {Monetary}."));
        }
    }
}
