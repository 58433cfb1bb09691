namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>How trees are grown.</summary>
internal sealed record BoostingSettings
{
    /// <summary>What chance is drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The most trees.</summary>
    public int MostRounds { get; init; } = 600;

    /// <summary>Trees without a gain on the validation rows after which growing stops.</summary>
    public int Patience { get; init; } = 40;

    /// <summary>Levels of a tree.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>How much of a tree counts.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>The share of rows and of columns that a tree sees.</summary>
    public double Sampled { get; init; } = 0.8;

    /// <summary>The least weight of a leaf: rows, each by p(1 - p).</summary>
    public double LeastLeaf { get; init; } = 10;

    /// <summary>The squared penalty of leaves.</summary>
    public double Penalty { get; init; } = 5;

    /// <summary>What a churner weighs against another.</summary>
    public double ClassWeight { get; init; } = 1;

    /// <summary>Threads; 0 takes all cores. The model does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Features with which the score may only rise (1) or fall (-1).</summary>
    public IReadOnlyDictionary<string, int> Monotone { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>As XGBoost names them.</summary>
    public IEnumerable<(string Name, string Value)> For(FeatureEncoding encoding)
    {
        yield return ("objective", "binary:logistic");
        yield return ("tree_method", "hist");
        yield return ("eval_metric", "logloss");
        yield return ("max_depth", Text(Depth));
        yield return ("eta", Text(Rate));
        yield return ("subsample", Text(Sampled));
        yield return ("colsample_bytree", Text(Sampled));
        yield return ("min_child_weight", Text(LeastLeaf));
        yield return ("lambda", Text(Penalty));
        yield return ("scale_pos_weight", Text(ClassWeight));
        yield return ("seed", Text(Seed));
        yield return ("nthread", Text(Threads));
        if (encoding.Columns.Any(column => Monotone.ContainsKey(column.Feature)))
        {
            yield return ("monotone_constraints", $"({string.Join(',', encoding.Columns.Select(column => Text(Monotone.GetValueOrDefault(column.Feature))))})");
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
