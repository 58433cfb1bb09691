using Warehouse.Definitions;

namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// An experiment as a table: one row per customer, with the arm that the customer was assigned to, whatever reached him
/// afterwards (intention to treat).
/// </summary>
public sealed class Experiment
{
    private readonly int[] _arms;
    private readonly int[][] _rows;

    /// <summary>Makes one.</summary>
    /// <param name="control">The arm that the others are compared with.</param>
    /// <param name="arms">The arm of each customer.</param>
    /// <param name="outcomes">What happened, a value for each customer.</param>
    /// <param name="covariates">What was known before, a value for each customer.</param>
    /// <param name="isReached">Whether the campaign reached the customer, for each; null where nobody says.</param>
    /// <exception cref="WrongCommandException">No customer is in the control arm, or all are.</exception>
    /// <exception cref="UserFaultException">An arm has fewer than two customers.</exception>
    public Experiment(
        string control,
        IReadOnlyList<string> arms,
        IReadOnlyList<ExperimentColumn> outcomes,
        IReadOnlyList<ExperimentColumn> covariates,
        IReadOnlyList<bool>? isReached = null)
    {
        var names = arms.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (!names.Remove(control))
        {
            throw new WrongCommandException($"No customer is in the arm \"{control}\". {NearNames.Hint(control, names, "arms")}");
        }

        if (names.Count == 0)
        {
            throw new WrongCommandException($"All customers are in the arm \"{control}\": there is nothing to compare it with.");
        }

        Arms = [control, .. names];
        var places = Arms.Select((arm, place) => (arm, place)).ToDictionary(pair => pair.arm, pair => pair.place, StringComparer.Ordinal);
        _arms = [.. arms.Select(arm => places[arm])];
        _rows = [.. Arms.Select((_, place) => Enumerable.Range(0, _arms.Length).Where(row => _arms[row] == place).ToArray())];
        if (Array.FindIndex(_rows, rows => rows.Length < 2) is >= 0 and var small)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"The arm \"{Arms[small]}\" has {_rows[small].Length} customer; two are the least that can be compared."));
        }

        (Outcomes, Covariates) = (outcomes, covariates);
        Reached = isReached is null ? null : [.. _rows.Select(rows => rows.Count(row => isReached[row]))];
    }

    /// <summary>The arms, the control first, the others by name.</summary>
    public IReadOnlyList<string> Arms { get; }

    /// <summary>What happened.</summary>
    public IReadOnlyList<ExperimentColumn> Outcomes { get; }

    /// <summary>What was known before.</summary>
    public IReadOnlyList<ExperimentColumn> Covariates { get; }

    /// <summary>How many customers of each arm the campaign reached; null where nobody says.</summary>
    public IReadOnlyList<int>? Reached { get; }

    /// <summary>How many customers there are.</summary>
    public int Customers => _arms.Length;

    /// <summary>How many customers each arm has.</summary>
    public IReadOnlyList<int> Sizes => [.. _rows.Select(rows => rows.Length)];

    /// <summary>The values of an arm's customers in the order of the table.</summary>
    internal double[] OfArm(double[] values, int arm) => Array.ConvertAll(_rows[arm], row => values[row]);
}

/// <summary>A number for each customer of an experiment.</summary>
public sealed record ExperimentColumn(string Name, double[] Values)
{
    /// <summary>Whether every value is 0 or 1, so that the mean is a rate.</summary>
    public bool IsRate { get; } = Array.TrueForAll(Values, value => value is 0 or 1);
}
