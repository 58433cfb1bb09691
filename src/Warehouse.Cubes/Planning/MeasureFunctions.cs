using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>The functions of measures: over other facts than the row's own, and over the rows of the result.</summary>
internal sealed class MeasureFunctions(IReadOnlyList<QueryKey> keys, Cells cells)
{
    private static readonly string[] Names =
    [
        "total", "share", "without", "only", "except", "allocated", "own", "rank",
        "prior", "to_date", "rolling", "cumulative", "in_period", "change", "change_percent", "moving_average", "growth_since",
        "sum", "count", "min", "max", "avg", "median", "variance", "standard_deviation",
        "coalesce", "nullif", "abs", "round", "greatest", "least",
    ];

    private bool _isRanking;

    public SqlExpression Compile(Call call, MeasureScope scope, MeasureCompiler compiler)
    {
        var arguments = call.Arguments;
        SqlExpression Value(MeasureSetting setting) => compiler.Number(Argument(call, 0, scope), scope with { Setting = setting });
        MeasureSetting Keep() => scope.Setting with { Dropped = scope.Setting.Dropped | Except(Members(call, scope)) };
        MeasureSetting Step(TimeStep step) => scope.Setting with { Steps = scope.Setting.Steps.Then(step) };

        switch (call.Function)
        {
            case "total":
                return Value(Keep());
            case "without":
                return Value(scope.Setting with { Dropped = scope.Setting.Dropped | Members(call, scope) });
            case "share":
                return Ratio(Value(scope.Setting), Value(Keep()));
            case "only" or "except":
                return Value(scope.Setting with { Choice = scope.Setting.Choice.Of(Chosen(call, scope), scope.Cube, call.Function is "except") });
            case "allocated":
                return Value(scope.Setting with { Choice = scope.Setting.Choice.AllocatedBy(ManyRole(call, scope, role => role.Bridge is { Weight: not null }, "a weight in its bridge")) });
            case "own":
                return Value(scope.Setting with { Choice = scope.Setting.Choice.OwnOf(ManyRole(call, scope, role => role.IsRolledUp, "members above each other")) });
            case "rank":
                return Rank(call, scope, compiler);
            case "sum" or "count" or "min" or "max" or "avg" or "median" or "variance" or "standard_deviation":
                return Nested(call, scope, compiler);
            case "prior":
                return Value(Step(Back(call, scope)));
            case "change":
                return new SqlBinary(Value(scope.Setting), "-", Value(Step(Back(call, scope))));
            case "change_percent":
                return Growth(Value(scope.Setting), Value(Step(Back(call, scope))));
            case "to_date":
                return Value(Step(new TimeStep(TimeStepKind.ToDate, Unit(call, 1, scope))));
            case "rolling":
                return Value(Step(Length(call, scope)));
            case "moving_average":
                var length = Length(call, scope);
                return Ratio(Value(Step(length)), new SqlParameter(length.Count));
            case "cumulative":
                RequireCount(call, 1, scope);
                return Value(Step(new TimeStep(TimeStepKind.Cumulative)));
            case "in_period":
                return Value(Step(Fixed(call, scope)));
            case "growth_since":
                return Growth(Value(scope.Setting), Value(Step(Fixed(call, scope))));
            case "coalesce" or "nullif" or "abs" or "round" or "greatest" or "least":
                return new SqlCall(
                    FunctionNames.Scalar(call, scope.Source).Sql,
                    [.. arguments.Select((argument, index) => call.Function is "round" && index == 1 ? FunctionNames.Places(argument, scope.Source) : compiler.Number(argument, scope))]);
            default:
                throw scope.Source.Fault(call, $"There is no function of measures \"{call.Function}\". {NearNames.Hint(call.Function, Names, "functions")}");
        }
    }

    private static SqlExpression Ratio(SqlExpression part, SqlExpression whole) => Ratios.Of(part, BinaryOperator.Divide, whole);

    private static SqlBinary Growth(SqlExpression now, SqlExpression before) => new(Ratio(now, before), "-", SqlKeyword.Number(1));

    private static Expression Argument(Call call, int index, MeasureScope scope) => index < call.Arguments.Count
        ? call.Arguments[index]
        : throw scope.Source.Fault(call, FormattableString.Invariant($"{call.Function} needs more than {call.Arguments.Count} arguments."));

    private static void RequireCount(Call call, int count, MeasureScope scope)
    {
        if (call.Arguments.Count != count)
        {
            throw scope.Source.Fault(call, FormattableString.Invariant($"{call.Function} takes {count} arguments, and here are {call.Arguments.Count}."));
        }
    }

    /// <summary>Places are counted among rows of the same set, and of the same members given; equal values share a place.</summary>
    private SqlWindow Rank(Call call, MeasureScope scope, MeasureCompiler compiler)
    {
        if (_isRanking)
        {
            throw scope.Source.Fault(call, "A place cannot be ranked itself.");
        }

        _isRanking = true;
        var value = compiler.Number(Argument(call, 0, scope), scope);
        _isRanking = false;
        var within = Members(call, scope);
        return new SqlWindow(
            new SqlCall("rank"),
            [cells.SetColumn, .. keys.Where(key => (key.Bit & within) != 0).SelectMany(Cells.KeyColumns)],
            [new SqlOrder(value, IsDescending: true)]);
    }

    /// <summary>An aggregate of what a measure is for each of the members given: avg(net_sales, customer).</summary>
    private static SqlExpression Nested(Call call, MeasureScope scope, MeasureCompiler compiler)
    {
        var value = new SourcedExpression(Argument(call, 0, scope), scope.Source);
        Argument(call, 1, scope);
        Name[] include = [.. call.Arguments.Skip(1).Select(member => member as Name
            ?? throw scope.Source.Fault(member, $"Expected a dimension or a member, like customer or date.month, and here is {member}."))];
        var kind = call.Function switch
        {
            "sum" => AggregateKind.Sum,
            "count" => AggregateKind.Count,
            "min" => AggregateKind.Min,
            "max" => AggregateKind.Max,
            "avg" => AggregateKind.Avg,
            "median" => AggregateKind.Median,
            "variance" => AggregateKind.Variance,
            _ => AggregateKind.StandardDeviation,
        };
        var nested = new NestedDefinition(kind, value, include);
        var name = call.ToString();
        return compiler.Nested(scope.Cube, new Measure { Name = name, Caption = Caption.OfName(name), Definition = nested }, nested, scope);
    }

    private static SourcedExpression Chosen(Call call, MeasureScope scope)
    {
        RequireCount(call, 2, scope);
        return new SourcedExpression(call.Arguments[1], scope.Source);
    }

    /// <summary>The role of a query's cube of which facts have several members.</summary>
    private static string ManyRole(Call call, MeasureScope scope, Func<DimensionRole, bool> isMeant, string expected)
    {
        RequireCount(call, 2, scope);
        var known = scope.Cube.Roles.Values.Where(isMeant).Select(role => role.Name).ToArray();
        return call.Arguments[1] is Name { Second: null } name && known.Contains(name.First, StringComparer.Ordinal)
            ? name.First
            : throw scope.Source.Fault(call.Arguments[1], $"Expected a dimension with {expected}, and here is {call.Arguments[1]}. {NearNames.Hint(call.Arguments[1].ToString(), known, "such dimensions")}");
    }

    private int Except(int kept) => ((1 << keys.Count) - 1) & ~kept;

    /// <summary>The members after the first argument, as bits of the query's keys.</summary>
    private int Members(Call call, MeasureScope scope) => call.Arguments.Skip(1).Aggregate(0, (bits, argument) =>
        bits | (keys.FirstOrDefault(key => argument is Name name && string.Equals(key.Name.Text, name.Text, StringComparison.Ordinal))?.Bit
            ?? throw scope.Source.Fault(argument, $"Rows are not by {argument}. {NearNames.Hint(argument.ToString(), keys.Select(key => key.Name.Text), "members of the query")}")));

    private static TimeStep Back(Call call, MeasureScope scope)
    {
        RequireCount(call, 2, scope);
        return call.Arguments[1] is Duration length
            ? new TimeStep(TimeStepKind.Shift, length.Unit, length.Count)
            : new TimeStep(TimeStepKind.Shift, Unit(call, 1, scope));
    }

    private static TimeStep Length(Call call, MeasureScope scope)
    {
        RequireCount(call, 2, scope);
        return call.Arguments[1] is Duration length
            ? new TimeStep(TimeStepKind.Rolling, length.Unit, length.Count)
            : throw scope.Source.Fault(call.Arguments[1], $"Expected a length of time like 3 months, and here is {call.Arguments[1]}.");
    }

    private static TimeStep Fixed(Call call, MeasureScope scope)
    {
        RequireCount(call, 2, scope);
        var period = call.Arguments[1] switch
        {
            PeriodLiteral literal => literal.Period,
            Literal { Value: long and >= 1 and <= 9998 and var year } => Calendar.Gregorian.Holding(new DateOnly((int)year, 1, 1), TimeUnit.Year),
            var other => throw scope.Source.Fault(other, $"Expected a period like 2011 or 2011-03, and here is {other}."),
        };
        return new TimeStep(TimeStepKind.Fixed) { Stretch = (period.From, period.To) };
    }

    private static TimeUnit Unit(Call call, int index, MeasureScope scope)
    {
        RequireCount(call, index + 1, scope);
        return call.Arguments[index] is Name { Second: null } name && TimeUnits.Find(name.First) is { } unit
            ? unit
            : throw scope.Source.Fault(
                call.Arguments[index], $"Expected a unit of time, and here is {call.Arguments[index]}. {NearNames.Hint(call.Arguments[index].ToString(), TimeUnits.ByName.Keys, "units")}");
    }
}
