using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A law and what it is tried with.</summary>
/// <param name="Law">Its name, of <see cref="Laws.ByName"/>.</param>
/// <param name="Question">A question.</param>
/// <param name="Condition">A condition.</param>
/// <param name="Pick">A number to choose by.</param>
internal sealed record LawCase(string Law, Question Question, string Condition, int Pick)
{
    public static Gen<LawCase> Of(Star star) =>
        from law in Gen.Elements(Laws.ByName.Keys)
        from question in RandomQuestion.Of(law is Laws.OfRollups && star.Rollups.Count > 0 ? star.Kept(star.Rollups[^1]) : star)
        from condition in RandomQuestion.Condition(star.Home.Roles, 1)
        from pick in Gen.Choose(0, 1_000_000)
        select new LawCase(law, question, condition, pick);

    /// <summary>How the law is broken, in words; null where it holds.</summary>
    public Task<string?> Run(LawBases bases) => Laws.ByName[Law](this, bases);

    public IEnumerable<LawCase> Smaller()
    {
        if (Question.Where is not null)
        {
            yield return this with { Question = Question with { Where = null } };
        }

        if (Question.AsOf is not null)
        {
            yield return this with { Question = Question with { AsOf = null } };
        }

        if (Question.Totals is not "none")
        {
            yield return this with { Question = Question with { Totals = "none" } };
        }

        for (var index = 0; index < Question.By.Count; index++)
        {
            yield return this with { Question = Question with { By = [.. Question.By.Where((_, other) => other != index)] } };
        }

        for (var index = 0; Question.Measures.Count > 1 && index < Question.Measures.Count; index++)
        {
            yield return this with { Question = Question with { Measures = [.. Question.Measures.Where((_, other) => other != index)] } };
        }
    }

    public override string ToString() => $"{Law}: {Question}; condition {Condition}; pick {Pick}";
}
