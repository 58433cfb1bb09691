using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Looks up what rows are by.</summary>
internal static class QueryKeys
{
    private const int MostKeys = 30;

    /// <param name="query">The query.</param>
    /// <param name="home">Its cube.</param>
    /// <param name="conditions">What has to hold of facts: which computed members are shown depends on it.</param>
    /// <param name="access">Who asks.</param>
    public static QueryKey[] Of(CubeQuery query, Cube home, IReadOnlyList<SourcedExpression> conditions, CubeAccess access)
    {
        if (query.By.Count > MostKeys)
        {
            throw new WrongCommandException(FormattableString.Invariant($"by: rows are by at most {MostKeys} members, and here are {query.By.Count}."));
        }

        QueryKey[] keys = [.. query.By.Select((name, index) =>
        {
            var source = new QuerySource("by", name.Text);
            var (role, field) = MemberNames.Find(home, name, source, access);
            return CalculatedKeys.Shown(new QueryKey(index, name, role, field), conditions, source);
        })];
        return query.Top is { } top ? WithTop(keys, top) : keys;
    }

    private static QueryKey[] WithTop(QueryKey[] keys, QueryExpression text)
    {
        var top = text.Expression as TopMembers
            ?? throw text.Source.Fault(text.Expression, "Expected something like « top 5 product.name by net_sales ».");
        var index = Array.FindIndex(keys, key => string.Equals(key.Name.Text, top.Member.Text, StringComparison.Ordinal));
        if (index < 0)
        {
            throw text.Source.Fault(top.Member, $"Rows are not by {top.Member.Text}. {NearNames.Hint(top.Member.Text, keys.Select(key => key.Name.Text), "members of the query")}");
        }

        if (keys[index].Field.Unit is not null)
        {
            throw text.Source.Fault(top.Member, "Periods have no rest: the first of them can be asked for in « where ».");
        }

        if (keys[index].Field.Calculated is not null)
        {
            throw text.Source.Fault(top.Member, $"The members of {top.Member.Text} may have facts in common, so that nothing is the rest of them: order by the measure and limit the rows.");
        }

        keys[index] = keys[index] with { Top = top };
        return keys;
    }
}
