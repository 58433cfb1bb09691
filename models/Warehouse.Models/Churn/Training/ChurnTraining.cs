using System.Data.Common;
using System.Globalization;
using Warehouse.Definitions;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Registry;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Training;

/// <summary>
/// Trains and tests out of time. As of a date D with horizon H, nothing is learned whose horizon had not passed by D:
/// several dates up to D - H train, D - H itself validates the choices made, and D, whose horizon has passed by now, tests.
/// </summary>
internal sealed class ChurnTraining(DbConnection connection, ChurnDefinition definition, TimeZoneInfo zone)
{
    /// <summary>Fewer customers, churners or others than this teach nothing that holds.</summary>
    private const int FewestCustomers = 100;
    private const int FewestOfEach = 20;

    /// <summary>Days of sales before the first date that is learned from.</summary>
    private const int LeastHistoryDays = 60;

    /// <summary>A horizon counts as passed when sales reach to so few days of its end: shops close for holidays.</summary>
    private const int QuietDays = 3;

    private readonly StarFeatures _features = new(connection, definition);

    /// <summary>Trains as of a date, or as of the last date whose horizon has passed.</summary>
    /// <exception cref="UserFaultException">The data do not suffice; the message says for what.</exception>
    public async Task<Trained> RunAsync(
        DateOnly? asOf, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var (first, last) = await SalesAsync(cancellationToken);
        var tested = new ChurnDate(asOf ?? last.AddDays(1 - definition.HorizonDays), zone);
        RequirePassed(tested, first, last);
        var dates = Dates(tested, first);
        var cohorts = new List<Examples>();
        foreach (var date in dates)
        {
            progress.Report($"Features as of {date}");
            cohorts.Add(await ExamplesAsync(date, cancellationToken));
        }

        progress.Report($"Features as of {tested}");
        var test = await ExamplesAsync(tested, cancellationToken);
        Require(Examples.Concatenate(cohorts), $"from {dates[0]} to {dates[^1]}");
        Require(test, $"at {tested}");
        progress.Report("Learning");
        var (chosen, notes) = Learn(dates, cohorts, cancellationToken);
        progress.Report("Testing");
        var result = Judge(generation.Number, tested, test, chosen, dates, cohorts.Sum(cohort => cohort.Count), notes, cancellationToken);
        return new Trained(result, chosen.Model, test);
    }

    /// <summary>Judges a registered model as of a date whose horizon has passed.</summary>
    /// <exception cref="UserFaultException">The horizon has not passed, or there are too few customers.</exception>
    public async Task<EvaluationResult> EvaluateAsync(StoredModel stored, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var (first, last) = await SalesAsync(cancellationToken);
        var tested = new ChurnDate(asOf ?? last.AddDays(1 - definition.HorizonDays), zone);
        RequirePassed(tested, first, last);
        var test = await ExamplesAsync(tested, cancellationToken);
        Require(test, $"at {tested}");
        var probabilities = stored.Model.Probabilities(test.Features, cancellationToken);
        var (baselines, _, gain) = Baselines.Compare(test.Features, probabilities, test.Churned, definition.Seed);
        return new EvaluationResult(
            generation.Number,
            tested.Date,
            definition.HorizonDays,
            definition.Hash,
            stored.Name,
            stored.Version,
            ChurnMetrics.Of(probabilities, test.Churned, definition.Economics, definition.Seed),
            baselines,
            gain,
            Segmentation.Of(test.Features, probabilities, test.Churned),
            stored.LearnedTo is { } learned && tested.Date < learned
                ? [string.Create(CultureInfo.InvariantCulture, $"The model learned from dates up to {learned:yyyy-MM-dd}: what is shown here is partly what it was taught.")]
                : []);
    }

    private (Chosen Chosen, List<string> Notes) Learn(List<ChurnDate> dates, List<Examples> cohorts, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var all = Examples.Concatenate(cohorts);
        RequireKnown(all.Features);
        LeakageCheck.Require(all, definition.MostFeatureAuc, definition.Excluded);
        var validation = dates[^1].Date;
        var earlier = Enumerable.Range(0, dates.Count).Where(place => dates[place].Date <= validation.AddDays(-definition.HorizonDays)).ToList();
        var (from, by) = (earlier.Select(place => cohorts[place]).ToList(), cohorts[^1]);
        if (from.Sum(cohort => cohort.Count) < FewestCustomers || from.Sum(cohort => cohort.Churners) < FewestOfEach)
        {
            var folds = Splits.Folds(cohorts[^1].Groups, 2, definition.Seed);
            from = [.. cohorts.Select(cohort => OfFold(cohort, isHeld: false))];
            by = OfFold(cohorts[^1], isHeld: true);
            notes.Add(FormattableString.Invariant(
                $"There is no date a horizon before the validation date with customers enough: choices were validated on customers held out, not out of time."));
        }

        var chosen = new ModelChoice(definition).Choose(Examples.Concatenate(from), by, all, cancellationToken);
        notes.AddRange(chosen.Notes);
        return (chosen, notes);

        Examples OfFold(Examples cohort, bool isHeld)
        {
            var folds = Splits.Folds(cohort.Groups, 2, definition.Seed);
            return cohort.Take([.. Enumerable.Range(0, cohort.Count).Where(row => (folds[row] == 0) == isHeld)]);
        }
    }

    /// <summary>A feature that the definition names and nobody knows is a slip, and would be passed over in silence.</summary>
    private void RequireKnown(FeatureTable table)
    {
        var names = table.Columns.Select(column => column.Name).ToList();
        if (definition.Excluded.Concat(definition.Monotone.Keys).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new UserFaultException($"The definition of {definition.Name} names \"{unknown}\", which is no feature. {NearNames.Hint(unknown, names, "features")}");
        }
    }

    private TrainingResult Judge(
        int generation, ChurnDate tested, Examples test, Chosen chosen, List<ChurnDate> dates, int rows, List<string> notes, CancellationToken cancellationToken)
    {
        var probabilities = chosen.Model.Probabilities(test.Features, cancellationToken);
        var metrics = ChurnMetrics.Of(probabilities, test.Churned, definition.Economics, definition.Seed);
        var (baselines, best, gain) = Baselines.Compare(test.Features, probabilities, test.Churned, definition.Seed);
        if (gain is { Value: <= 0 })
        {
            notes.Add(FormattableString.Invariant(
                $"The model is no better than {best}, which needs no model: AUC {metrics.Auc.Value:0.000} against {baselines[best!].Value:0.000}. It should not be used."));
        }
        else if (gain is { Low: <= 0 })
        {
            notes.Add(FormattableString.Invariant(
                $"That the model is better than {best} is not certain: the gain in AUC is {gain.Value:0.000}, with 95 % confidence {gain.Low:0.000} to {gain.High:0.000}."));
        }

        if (chosen.Candidates is [var kept, var other, ..])
        {
            notes.Add(FormattableString.Invariant(
                $"{kept.Learner} was kept: on the validation date its AUC was {kept.ValidationAuc:0.0000}, that of {other.Learner} {other.ValidationAuc:0.0000} ({kept.ValidationAuc - other.ValidationAuc:0.0000} less)."));
        }

        return new TrainingResult(
            generation,
            tested.Date,
            definition.HorizonDays,
            definition.Hash,
            chosen.Model.Scorer.Learner,
            metrics,
            baselines,
            best,
            gain,
            chosen.Candidates,
            chosen.Model.Calibrator.Kind,
            Segmentation.Of(test.Features, probabilities, test.Churned),
            [.. dates.Select(date => date.Date)],
            rows,
            Importance.Of(chosen.Model, test.Features, definition.Seed, cancellationToken),
            chosen.Model.Encoding.Dropped,
            chosen.Parameters,
            definition.Seed,
            notes);
    }

    private async Task<Examples> ExamplesAsync(ChurnDate date, CancellationToken cancellationToken)
    {
        var cohort = await _features.GatherAsync(date, cancellationToken);
        return new Examples(cohort.Features, await _features.OutcomeAsync(cohort, cancellationToken), cohort.CustomerKeys);
    }

    /// <summary>The dates to learn from, rising, the last one being a horizon before the tested date.</summary>
    private List<ChurnDate> Dates(ChurnDate tested, DateOnly first)
    {
        var latest = tested.AddDays(-definition.HorizonDays);
        var dates = Enumerable.Range(0, definition.TrainingDates)
            .Select(place => latest.AddDays(-place * definition.TrainingEveryDays))
            .TakeWhile((date, place) => date.Date >= first.AddDays(LeastHistoryDays))
            .Reverse()
            .ToList();
        return dates.Count > 0
            ? dates
            : throw new UserFaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"There is no date to learn from: to be tested at {tested}, a model may learn up to {latest}, whose horizon of {definition.HorizonDays} days has passed by then, and sales begin at {first:yyyy-MM-dd}, fewer than {LeastHistoryDays} days before. Take a later date or a shorter horizon."));
    }

    private void RequirePassed(ChurnDate tested, DateOnly first, DateOnly last)
    {
        var end = tested.Date.AddDays(definition.HorizonDays);
        if (end.AddDays(-1 - QuietDays) > last)
        {
            throw new UserFaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"The horizon of {definition.HorizonDays} days from {tested} has not passed: it ends before {end:yyyy-MM-dd}, and the last sale is of {last:yyyy-MM-dd}. The last date that can be tested is {last.AddDays(1 - definition.HorizonDays):yyyy-MM-dd}."));
        }

        if (tested.Date <= first)
        {
            throw new UserFaultException(string.Create(
                CultureInfo.InvariantCulture, $"There are no sales before {tested}: the first is of {first:yyyy-MM-dd}."));
        }
    }

    private static void Require(Examples examples, string when)
    {
        var others = examples.Count - examples.Churners;
        if (examples.Count < FewestCustomers || examples.Churners < FewestOfEach || others < FewestOfEach)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"There is too little to learn from {when}: {examples.Count} customers, of whom {examples.Churners} churned and {others} did not. It takes at least {FewestCustomers}, and {FewestOfEach} of each."));
        }
    }

    private async Task<(DateOnly First, DateOnly Last)> SalesAsync(CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            "SELECT min(date_key), max(date_key) FROM star.fact_sale WHERE NOT is_return AND customer_key >= 0",
            row => (First: row.ValueOrNull<DateOnly>(0), Last: row.ValueOrNull<DateOnly>(1)),
            cancellationToken)) is [{ First: { } first, Last: { } last }]
            ? (first, last)
            : throw new UserFaultException("There are no sales to known customers yet. 'warehouse load' brings them.");
}

/// <summary>A model with the test that it was judged by.</summary>
internal sealed record Trained(TrainingResult Result, ChurnModel Model, Examples Test);
