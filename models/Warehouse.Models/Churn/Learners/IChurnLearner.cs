namespace Warehouse.Models.Churn.Learners;

/// <summary>Something that learns from examples who will leave.</summary>
internal interface IChurnLearner
{
    /// <summary>Its name: logistic, boosting.</summary>
    string Name { get; }

    /// <summary>Learns. Equal examples give the same scorer, whatever the number of threads.</summary>
    /// <param name="encoding">How features become numbers.</param>
    /// <param name="train">What is learned from.</param>
    /// <param name="validation">What tells when to stop; null where the length of learning is known from <paramref name="before"/>.</param>
    /// <param name="before">What an earlier learning found (regularisation, rounds), or null.</param>
    /// <param name="cancellationToken">Stops the learning.</param>
    Learned Learn(FeatureEncoding encoding, Examples train, Examples? validation, Learned? before, CancellationToken cancellationToken);
}

/// <summary>What a learner made of examples.</summary>
/// <param name="Scorer">What scores.</param>
/// <param name="Parameters">What was chosen and what was given, by name, for the registry.</param>
internal sealed record Learned(ChurnScorer Scorer, IReadOnlyDictionary<string, double> Parameters);
