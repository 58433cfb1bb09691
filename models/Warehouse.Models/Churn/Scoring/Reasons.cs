using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Scoring;

/// <summary>
/// Turns contributions of columns into reasons. All topics of a customer and the expected score add up to the raw score.
/// </summary>
internal sealed class Reasons
{
    private readonly FeatureTable _table;
    private readonly int[] _featureOfColumn;
    private readonly int[] _tableColumns;
    private readonly int[] _topicOfFeature;
    private readonly string[] _topics;

    public Reasons(ChurnModel model, FeatureTable table)
    {
        _table = table;
        var features = model.Encoding.Columns.Select(column => column.Feature).Distinct(StringComparer.Ordinal).ToArray();
        _featureOfColumn = [.. model.Encoding.Columns.Select(column => Array.IndexOf(features, column.Feature))];
        _tableColumns = [.. features.Select(table.IndexOf)];
        _topics = [.. features.Select(FeatureWords.Topic).Distinct(StringComparer.Ordinal)];
        _topicOfFeature = [.. features.Select(feature => Array.IndexOf(_topics, FeatureWords.Topic(feature)))];
    }

    /// <summary>The reasons of a row, those that add most to churn first.</summary>
    /// <param name="row">The row of the table.</param>
    /// <param name="contributions">Its columns' contributions.</param>
    public List<Reason> Of(int row, ReadOnlySpan<double> contributions)
    {
        Span<double> byFeature = stackalloc double[_tableColumns.Length];
        byFeature.Clear();
        for (var column = 0; column < contributions.Length; column++)
        {
            byFeature[_featureOfColumn[column]] += contributions[column];
        }

        var sums = new double[_topics.Length];
        var weightiest = new int[_topics.Length];
        Array.Fill(weightiest, -1);
        for (var feature = 0; feature < byFeature.Length; feature++)
        {
            sums[_topicOfFeature[feature]] += byFeature[feature];
        }

        for (var feature = 0; feature < byFeature.Length; feature++)
        {
            // Of a topic that speaks for leaving, what speaks for it most; of one against it, what speaks against it most.
            var topic = _topicOfFeature[feature];
            var sign = Math.Sign(sums[topic]);
            if (weightiest[topic] < 0 || byFeature[feature] * sign > byFeature[weightiest[topic]] * sign)
            {
                weightiest[topic] = feature;
            }
        }

        var reasons = new List<Reason>(_topics.Length);
        for (var topic = 0; topic < _topics.Length; topic++)
        {
            var column = _tableColumns[weightiest[topic]];
            reasons.Add(new Reason(_topics[topic], FeatureWords.Say(_table, column, _table[row, column]), sums[topic]));
        }

        reasons.Sort((one, other) => other.Contribution.CompareTo(one.Contribution));
        return reasons;
    }
}
