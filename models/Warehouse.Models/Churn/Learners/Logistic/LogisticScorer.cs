using System.Text.Json;
using Warehouse.Definitions;

namespace Warehouse.Models.Churn.Learners.Logistic;

/// <summary>A fitted logistic regression.</summary>
internal sealed class LogisticScorer : ChurnScorer
{
    private readonly double _intercept;
    private readonly LogisticTerm[] _terms;
    private readonly double[] _weights;

    public LogisticScorer(int width, double intercept, LogisticTerm[] terms, double[] weights) =>
        (Width, _intercept, _terms, _weights) = (width, intercept, terms, weights);

    public override int Width { get; }

    public override string Learner => LogisticLearner.LearnerName;

    /// <summary>The intercept: the terms have the mean 0 in training.</summary>
    public override double ExpectedMargin => _intercept;

    public IReadOnlyList<LogisticTerm> Terms => _terms;

    public IReadOnlyList<double> Weights => _weights;

    public static LogisticScorer FromArtefact(string artefact)
    {
        var stored = JsonSerializer.Deserialize<Stored>(artefact) ?? throw new UserFaultException("The model's artefact is empty.");
        return new LogisticScorer(stored.Width, stored.Intercept, stored.Terms, stored.Weights);
    }

    public override void Score(ReadOnlyMemory<float> rows, Memory<double> margins, CancellationToken cancellationToken) =>
        RowBlocks.Run(margins.Length, (first, count) =>
        {
            var values = rows.Span.Slice(first * Width, count * Width);
            var results = margins.Span.Slice(first, count);
            for (var row = 0; row < count; row++)
            {
                var margin = _intercept;
                for (var term = 0; term < _terms.Length; term++)
                {
                    margin += _weights[term] * _terms[term].Of(values[(row * Width) + _terms[term].Column]);
                }

                results[row] = margin;
            }
        }, cancellationToken);

    public override void Explain(ReadOnlyMemory<float> rows, Memory<double> contributions, CancellationToken cancellationToken) =>
        RowBlocks.Run(rows.Length / Width, (first, count) =>
        {
            var values = rows.Span.Slice(first * Width, count * Width);
            var results = contributions.Span.Slice(first * Width, count * Width);
            results.Clear();
            for (var row = 0; row < count; row++)
            {
                for (var term = 0; term < _terms.Length; term++)
                {
                    var place = (row * Width) + _terms[term].Column;
                    results[place] += _weights[term] * _terms[term].Of(values[place]);
                }
            }
        }, cancellationToken);

    public override string ToArtefact() => JsonSerializer.Serialize(new Stored(Width, _intercept, _terms, _weights));

    private sealed record Stored(int Width, double Intercept, LogisticTerm[] Terms, double[] Weights);
}
