using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning.Many;

/// <summary>
/// The pairs of facts' references and members in the place of facts: the rows of a bridge, or each member of a tree with those above it.
/// Each pair has one member, so what holds for members of facts holds for those of pairs.
/// </summary>
internal sealed class PairScope : FactScope
{
    private readonly PlanningContext _context;
    private readonly Cube _cube;
    private readonly DimensionRole _role;

    /// <param name="cube">The cube whose facts have several members.</param>
    /// <param name="role">The role that they have them of.</param>
    /// <param name="context">What the plan depends on.</param>
    public PairScope(Cube cube, DimensionRole role, PlanningContext context)
        : base(Pairs(cube, role), context) => (_cube, _role, _context) = (cube, role, context);

    public override SqlRelation Source => _role.IsRolledUp ? new TreeRelations(_role, _context).Pairs() : base.Source;

    /// <summary>What a fact's reference leads to.</summary>
    public SqlExpression From => Column(_role.Bridge?.From ?? TreeRelations.Member, message => Fault(message)).Sql;

    /// <summary>The part of a fact that is the pair's.</summary>
    public SqlExpression PairWeight => _role.Bridge?.Weight is { } weight
        ? Column(weight, message => Fault(message)).Sql
        : throw new WrongCommandException($"\"{_role.Name}\" has no weights, so nothing can be allocated by it.");

    /// <summary>Which pairs hold now, or held at the day asked as of.</summary>
    public IEnumerable<SqlExpression> Valid => _role.Bridge is { Versions: { } versions } bridge
        ? Validity.Of(_context.Catalog[bridge.Table], column => Column(column, message => Fault(message)).Sql, (versions.From, versions.To, versions.IsCurrent), _context.Until(_role), _context)
        : [];

    /// <summary>That a pair's member is the fact's own, none above it.</summary>
    public SqlExpression IsOwn => new SqlBinary(From, "=", new SqlColumn(Fact, TreeRelations.Above));

    /// <summary>In a tree both columns are keys of the dimension.</summary>
    public override Typed Column(string column, Func<string, UserFaultException> fault)
    {
        if (!_role.IsRolledUp)
        {
            return base.Column(column, fault);
        }

        var type = _context.Catalog[_role.Dimension.Table!].Find(_role.Dimension.Key!);
        return new Typed(new SqlColumn(Fact, column), type is null ? ValueKind.Other : ValueKinds.Of(type), type);
    }

    private UserFaultException Fault(string message) => new($"{_role.Name} of the cube {_cube.Name}: {message}");

    private static Cube Pairs(Cube cube, DimensionRole role) => cube with
    {
        Table = role.Bridge?.Table ?? role.Dimension.Table!,
        Key = null,
        KnownAt = null,
        Time = null,
        Roles = new Dictionary<string, DimensionRole>(StringComparer.Ordinal)
        {
            [role.Name] = role with { Bridge = null, IsRolledUp = false, On = role.Bridge?.To ?? TreeRelations.Above },
        },
    };
}
