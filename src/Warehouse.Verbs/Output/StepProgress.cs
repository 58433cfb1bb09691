using System.Diagnostics;
using Spectre.Console;

namespace Warehouse.Verbs.Output;

/// <summary>Tells what long work is doing: a moving line at a terminal, a line now and then elsewhere.</summary>
internal static class StepProgress
{
    private static readonly TimeSpan NowAndThen = TimeSpan.FromSeconds(5);

    /// <summary>Does long work and tells its steps.</summary>
    /// <param name="caller">Who is told.</param>
    /// <param name="title">What is done.</param>
    /// <param name="describe">A step in words.</param>
    /// <param name="work">The work.</param>
    /// <param name="everyStep">Whether every step is told on a line of its own.</param>
    public static Task<TResult> RunAsync<TStep, TResult>(
        Caller caller, string title, Func<TStep, string> describe, Func<IProgress<TStep>, Task<TResult>> work, bool everyStep = false)
    {
        if (everyStep)
        {
            return work(new Listener<TStep>(step => caller.Error.WriteLine(describe(step))));
        }

        if (caller.Watching is null)
        {
            var since = Stopwatch.StartNew();
            return work(new Listener<TStep>(step =>
            {
                if (since.Elapsed > NowAndThen)
                {
                    caller.Error.WriteLine(describe(step));
                    since.Restart();
                }
            }));
        }

        return caller.Watching.Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync(title, status => work(new Listener<TStep>(step => status.Status(Markup.Escape(describe(step))))));
    }

    /// <summary>Tells at once and in order, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Listener<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
