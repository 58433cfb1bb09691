using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>
/// Reads <c>members</c> of a dimension: attributes whose values are named expressions over the values of another. « + » is the union, so
/// that what is in both counts once; « - » takes away. A text in single quotes is a value; a name is a member defined before, else a value.
/// </summary>
internal static class CalculatedMemberReader
{
    public static void Read(DefinitionMap dimension, Dictionary<string, DimensionField> attributes)
    {
        foreach (var (name, map) in dimension.Named("members"))
        {
            name.RequireName();
            var of = map.RequiredTextValue("of");
            var caption = map.Caption(name.Text);
            var description = map.Text("description");
            var members = ReadMembers(map.RequiredMap("is"));
            if (Base(of, attributes) is not { } field)
            {
                continue;
            }

            if (!attributes.TryAdd(name.Text, field with { Name = name.Text, Caption = caption, Description = description, Calculated = new CalculatedMembers(field, members) }))
            {
                name.Fault($"There is an attribute \"{name}\" already.");
            }
        }
    }

    private static DimensionField? Base(DefinitionText of, Dictionary<string, DimensionField> attributes)
    {
        if (of.Text.Length == 0 || attributes.GetValueOrDefault(of.Text) is { Unit: null, Calculated: null } field)
        {
            return attributes.GetValueOrDefault(of.Text);
        }

        var known = attributes.Values.Where(field => field is { Unit: null, Calculated: null }).Select(field => field.Name);
        of.Fault($"\"{of}\" is no attribute whose values members can be computed of. {NearNames.Hint(of.Text, known, "attributes")}");
        return null;
    }

    private static List<CalculatedMember> ReadMembers(DefinitionMap map)
    {
        var members = new List<CalculatedMember>();
        var later = map.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, text) in map.NamedTexts())
        {
            if (name.Text.Length == 0)
            {
                name.Fault("A member needs a name.");
            }

            var parts = Parts(text, members.ToDictionary(member => member.Name, StringComparer.Ordinal), later);
            later.Remove(name.Text);
            members.Add(new CalculatedMember(name.Text, [.. parts.Where(part => part.Value != 0).Select(part => new CalculatedPart(new SourcedExpression(part.Key, new DefinitionSource(text)), part.Value))]));
            if (parts.Count > 0 && members[^1].Parts.Count == 0)
            {
                text.Fault($"Nothing is left of \"{text}\".");
            }
        }

        return members;
    }

    private static Dictionary<Expression, int> Parts(DefinitionText text, Dictionary<string, CalculatedMember> defined, HashSet<string> later)
    {
        Dictionary<Expression, int> Of(Expression expression)
        {
            switch (expression)
            {
                case Binary { Operator: BinaryOperator.Add } sum:
                    return Together(Of(sum.Left), Of(sum.Right), Union);
                case Binary { Operator: BinaryOperator.Subtract } difference:
                    return Together(Of(difference.Left), Of(difference.Right), (left, right) => left - right);
                case Name { Second: null } name when defined.TryGetValue(name.First, out var member):
                    return member.Parts.ToDictionary(part => part.Value.Expression, part => part.Weight);
                case Name { Second: null } name when later.Contains(name.First):
                    text.Fault($"\"{name.First}\" is not defined before it is used; where a value of the attribute is meant, write '{name.First}'.");
                    return [];
                case Name { Second: null } name:
                    return new() { [new Literal(name.First)] = 1 };
                case Literal { Value: not null } literal:
                    return new() { [literal with { Position = 0 }] = 1 };
                default:
                    text.Fault($"Expected members with + and - between them, and here is {expression}. A value that is no plain word stands in single quotes.");
                    return [];
            }
        }

        return Of(text.Expression().Expression);
    }

    private static Dictionary<Expression, int> Together(Dictionary<Expression, int> left, Dictionary<Expression, int> right, Func<int, int, int> weight) =>
        left.Keys.Union(right.Keys).ToDictionary(value => value, value => weight(left.GetValueOrDefault(value), right.GetValueOrDefault(value)));

    /// <summary>What is in both counts as often as in either; what is taken away in one of them stays away.</summary>
    private static int Union(int left, int right) => left >= 0 && right >= 0 ? Math.Max(left, right) : left + right;
}
