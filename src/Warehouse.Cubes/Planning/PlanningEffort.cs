using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// How much a plan has taken so far. Names are replaced by what they say, and some functions say their argument twice, so that a short
/// question could grow beyond all bounds, or a definition lead back to itself: such a one is refused.
/// </summary>
internal sealed class PlanningEffort
{
    private const int MostParts = 50_000;
    private const int MostNested = 300;

    private int _parts;
    private int _depth;

    /// <summary>Begins a part of an expression, within those that were begun before it.</summary>
    public void Enter(Expression part, ExpressionSource source)
    {
        _depth++;
        if (_depth > MostNested)
        {
            throw source.Fault(part, FormattableString.Invariant($"Nested more than {MostNested} levels deep, with what names say in their place. Is something defined by itself?"));
        }

        _parts++;
        if (_parts > MostParts)
        {
            throw source.Fault(part, FormattableString.Invariant($"More than {MostParts} parts, with what names say in their place. Ask for less at once."));
        }
    }

    /// <summary>Ends the part that was begun last.</summary>
    public void Leave() => _depth--;
}
