using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Rollups;

/// <summary>The rows of a rollup in the place of its cube's facts. What only facts know is refused.</summary>
internal sealed class RollupScope(Cube cube, Rollup rollup, TableName table, PlanningContext context) : FactScope(cube, context)
{
    /// <summary>Whether only the type of a member is wanted, which facts know.</summary>
    private bool _isTyping;

    public override SqlRelation Source => new SqlTable(table);

    public override Typed Column(string column, Func<string, UserFaultException> fault) =>
        _isTyping ? base.Column(column, fault) : throw new NotInRollupException($"it does not keep {column}");

    public override Typed Reference(DimensionRole role) =>
        _isTyping ? base.Reference(role) : throw new NotInRollupException($"it does not keep the key of {role.Name}");

    public override SqlExpression? IsUnknown(DimensionRole role) => role.IsMany
        ? base.IsUnknown(role)
        : throw new NotInRollupException($"it does not keep whether {role.Name} is unknown");

    /// <summary>A member that it keeps, or a longer unit of time than the one it keeps.</summary>
    public override Typed Member(DimensionRole role, DimensionField field)
    {
        if (_isTyping)
        {
            return base.Member(role, field);
        }

        if (role.At is not null)
        {
            throw new NotInRollupException($"it does not keep {role.Name}.{field.Name} at another day");
        }

        for (var place = 0; place < rollup.By.Count; place++)
        {
            var kept = rollup.By[place];
            if (kept.First == role.Name && kept.Second == field.Name && field.Unit is null)
            {
                _isTyping = true;
                var typed = base.Member(role, field);
                _isTyping = false;
                return typed with { Sql = Key(place) };
            }
        }

        return field.Unit is { } unit ? Period(role, unit) : throw new NotInRollupException($"it does not keep {role.Name}.{field.Name}");
    }

    protected override string Join(DimensionRole role, bool ofTree = false) => role.Name;

    private Typed Period(DimensionRole role, TimeUnit unit)
    {
        var calendar = role.Dimension.Calendar!;
        for (var place = 0; place < rollup.By.Count; place++)
        {
            var kept = rollup.By[place];
            if (kept.First == role.Name && role.Dimension.Attributes[kept.Second!].Unit is { } own && (own == unit || calendar.Nests(own, unit)))
            {
                var day = Key(place);
                return new Typed(CalendarUnits.Truncated(day, unit, calendar), ValueKind.Day)
                {
                    Time = new TimeMember(day, unit, calendar, UnknownDay(role)),
                };
            }
        }

        throw new NotInRollupException($"it does not keep {role.Name} by {unit.Text()}");
    }

    private SqlColumn Key(int place) => new(Fact, RollupTables.Key(place));
}

/// <summary>A question needs something that a rollup does not have. Caught where the rollup was tried.</summary>
internal sealed class NotInRollupException(string reason) : Exception(reason);
