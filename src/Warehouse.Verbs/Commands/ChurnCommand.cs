using System.CommandLine;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn …</c>: who will leave, why, and whether last time's scores were right.</summary>
internal static class ChurnCommand
{
    public static Command Create(TimeProvider time) => new("churn", "Say who will leave, why, and whether it was right: suggest, train, score, evaluate, explain, backtest, retrain, models, card.")
    {
        ChurnSuggestCommand.Create(time),
        ChurnTrainCommand.Create(time),
        ChurnScoreCommand.Create(time),
        ChurnEvaluateCommand.Create(time),
        ChurnExplainCommand.Create(time),
        ChurnBacktestCommand.Create(time),
        ChurnRetrainCommand.Create(time),
        ChurnModelsCommand.Create(time),
        ChurnCardCommand.Create(time),
    };
}
