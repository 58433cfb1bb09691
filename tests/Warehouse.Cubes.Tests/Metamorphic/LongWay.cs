using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>Answers questions the long way: every cell of every set from the facts that belong to it.</summary>
internal sealed class LongWay
{
    private readonly StarCube _cube;
    private readonly StarValues _values;

    /// <summary>What the question's own names mean to its asker.</summary>
    private readonly StarValues _seen;

    public LongWay(Star star, Question question, bool isRestricted = false, bool isBlind = false)
    {
        _cube = star.Home;
        _values = new StarValues(star, _cube, question.AsOf);
        _seen = isBlind && star.Masked is { } masked
            ? new StarValues(star, _cube, question.AsOf) { Mask = ((Name)Text.Parse(masked), fact => _values.Holds(Text.Parse(star.Restriction), fact)) }
            : _values;
        var where = question.Where is null ? null : Text.Parse(question.Where);
        var restriction = isRestricted ? Text.Parse(star.Restriction) : null;
        Facts = [.. _cube.Table.Rows.Where(fact => IsKnown(fact, question.AsOf) && _values.Holds(restriction, fact) && _seen.Holds(where, fact))];
        Question = question;
    }

    public Question Question { get; }

    /// <summary>The facts that count.</summary>
    public IReadOnlyList<object?[]> Facts { get; }

    public StarAnswer Answer() => Answer([.. Question.Measures.Select(measure => (Func<IReadOnlyList<object?[]>, object?>)(facts => Measure(measure, facts)))]);

    /// <summary>The question's rows with other measures.</summary>
    public StarAnswer Answer(params IReadOnlyList<Func<IReadOnlyList<object?[]>, object?>> measures)
    {
        Name[] members = [.. Question.By.Select(text => (Name)Text.Parse(text))];
        var rows = new List<StarRow>();
        foreach (var set in Question.Sets())
        {
            Name[] kept = [.. members.Where((_, index) => (set >> index & 1) == 0)];
            var cells = Facts
                .SelectMany(fact => Cells(kept, fact).Select(values => (Key: StarRow.KeyOf(set, Spread(values, set, members.Length)), Fact: fact)))
                .GroupBy(cell => cell.Key, cell => cell.Fact)
                .ToDictionary(cell => cell.Key, cell => cell.ToArray());
            if (set == (1 << members.Length) - 1 && cells.Count == 0)
            {
                cells.Add(StarRow.KeyOf(set, new object?[members.Length]), []);
            }

            rows.AddRange(cells.Select(cell => new StarRow(cell.Key, [.. measures.Select(measure => measure(cell.Value))])));
        }

        return new StarAnswer(rows);
    }

    /// <summary>The members by which a fact counts.</summary>
    public IReadOnlyList<object?[]> Cells(IReadOnlyList<Name> members, object?[] fact) =>
        _seen.Members(members, Question.Where is null ? null : Text.Parse(Question.Where), fact);

    private static object?[] Spread(object?[] values, int set, int members)
    {
        var kept = new Queue<object?>(values);
        return [.. Enumerable.Range(0, members).Select(index => (set >> index & 1) == 1 ? null : kept.Dequeue())];
    }

    /// <summary>A measure over facts.</summary>
    public object? Measure(string name, IReadOnlyList<object?[]> facts)
    {
        if (_cube.Measures.FirstOrDefault(measure => measure.Name == name) is { } own)
        {
            return Aggregate(own, [.. facts.Where(fact => _values.Holds(own.Condition, fact))]);
        }

        var derived = _cube.Derived.First(measure => measure.Name == name);
        return StarValues.Of(Text.Parse(derived.Value), part => Measure(part.First, facts) switch { double real => (decimal)real, var value => value });
    }

    private bool IsKnown(object?[] fact, DateOnly? asOf) => asOf is not { } day
        || ((DateOnly)_cube.Table.Value(fact, _cube.Roles[0].On!)! <= day
            && (DateTimeOffset)_cube.Table.Value(fact, "known")! < new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    private object? Aggregate(StarMeasure measure, IReadOnlyList<object?[]> facts)
    {
        if (measure.Role is { } role)
        {
            return (decimal)facts.Where(fact => !_values.IsUnknown(role, fact)).Select(fact => _values.Key(_cube.Role(role), fact)).OfType<object>().Distinct().Count();
        }

        if (measure.Over is not null)
        {
            return Balance(measure, facts);
        }

        object[] values = measure.Operand is { } operand ? [.. facts.Select(fact => _values.Of(operand, fact)).OfType<object>()] : [.. facts];
        return measure.Kind switch
        {
            "count" => (decimal)values.Length,
            "count_distinct" => (decimal)values.Distinct().Count(),
            _ when values.Length == 0 => null,
            "sum" => values.Cast<decimal>().Sum(),
            "min" => values.Cast<decimal>().Min(),
            "max" => values.Cast<decimal>().Max(),
            "avg" => values.Cast<decimal>().Average(),
            "median" => Quantile(values, .5m),
            "percentile" => Quantile(values, measure.At!.Value),
            _ => Spread(measure.Kind, values),
        };
    }

    private decimal? Balance(StarMeasure measure, IReadOnlyList<object?[]> facts)
    {
        var role = _cube.Role(measure.Over!);
        var perAccount = facts
            .Where(fact => !_values.IsUnknown(role.Name, fact))
            .GroupBy(fact => measure.Per is null ? null : _cube.Table.Value(fact, measure.Per))
            .Select(account => account
                .GroupBy(fact => (DateOnly)_values.Key(role, fact)!)
                .Select(day => (Day: day.Key, Values: day.Select(fact => (decimal?)_values.Of(measure.Operand!, fact)).OfType<decimal>().ToArray()))
                .Where(day => day.Values.Length > 0)
                .OrderBy(day => day.Day)
                .Select(day => day.Values.Sum())
                .ToArray())
            .Where(days => days.Length > 0)
            .Select(days => measure.Kind switch { "last" => days[^1], "first" => days[0], _ => days.Average() })
            .ToArray();
        return perAccount.Length == 0 ? null : perAccount.Sum();
    }

    private static decimal Quantile(IEnumerable<object> values, decimal at)
    {
        var sorted = values.Cast<decimal>().Order().ToArray();
        var place = at * (sorted.Length - 1);
        var low = (int)place;
        return low == sorted.Length - 1 ? sorted[low] : sorted[low] + ((sorted[low + 1] - sorted[low]) * (place - low));
    }

    private static double? Spread(string kind, object[] values)
    {
        if (values.Length < 2)
        {
            return null;
        }

        var numbers = values.Select(value => (double)(decimal)value).ToArray();
        var mean = numbers.Average();
        var variance = numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1);
        return kind is "variance" ? variance : Math.Sqrt(variance);
    }
}
