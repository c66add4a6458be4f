using System.Diagnostics;
using Spectre.Console;

namespace MiStore.Local;

/// <summary>Shows how the stack starts: a table that fills in a terminal, one line per change elsewhere.</summary>
abstract class View(StatusBoard board) : IDisposable
{
    const int TailLines = 20;

    protected StatusBoard Board { get; } = board;

    public static View Of(StatusBoard board, Stopwatch clock) =>
        Console.IsOutputRedirected ? new Lines(board, clock) : new LiveTable(board, clock);

    /// <summary>Ends the table; later changes are lines.</summary>
    public virtual void Close()
    {
    }

    public void TailOf(string? log)
    {
        if (log is null || !File.Exists(log))
            return;

        Console.Error.WriteLine($"The end of {log}:");
        foreach (var line in File.ReadLines(log).TakeLast(TailLines))
            Console.Error.WriteLine($"    {line}");
    }

    public void Dispose() => Close();

    public static void WriteTable(IEnumerable<ResourceStatus> resources)
    {
        // For a file or a pipe: whole lines, no colours.
        var console = Console.IsOutputRedirected
            ? AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No })
            : AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = 400;
        console.Write(TableOf(resources));
    }

    static Table TableOf(IEnumerable<ResourceStatus> resources)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in (string[])["name", "kind", "state", "address", "pid", "log"])
            table.AddColumn(new TableColumn($"[grey]{heading}[/]") { NoWrap = true, Padding = new(0, 0, 3, 0) });
        foreach (var one in resources)
            table.AddRow(
                Markup.Escape(one.Name), one.Kind, $"[{ColourOf(one.State)}]{Word(one.State)}[/]",
                Markup.Escape(one.Url ?? ""), one.Pid?.ToString() ?? "", Markup.Escape(FromHere(one.Log ?? "")));
        return table;
    }

    static string FromHere(string path)
    {
        var relative = path == "" ? "" : Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.Length < path.Length ? relative : path;
    }

    public static string Word(State state) => state.ToString().ToLowerInvariant();

    static string ColourOf(State state) => state switch
    {
        State.Healthy => "green",
        State.Failed => "red",
        State.Waiting or State.Stopped => "grey",
        _ => "yellow",
    };

    sealed class Lines : View
    {
        public Lines(StatusBoard board, Stopwatch clock) : base(board) => board.Changed += one => Write(one, clock);

        public static void Write(ResourceStatus one, Stopwatch clock)
        {
            // A process that has just been started has no news beyond its id.
            if (one is { State: State.Starting, Pid: null })
                return;
            Console.WriteLine($"{clock.Elapsed.TotalSeconds,6:0.0} s  {one.Name,-16} {Word(one.State),-10} {one.Url,-28} {(one.Pid is { } pid ? $"pid {pid}" : "")}".TrimEnd());
        }
    }

    sealed class LiveTable : View
    {
        readonly CancellationTokenSource closed = new();
        readonly Task shown;

        public LiveTable(StatusBoard board, Stopwatch clock) : base(board)
        {
            shown = Show();
            board.Changed += one =>
            {
                if (closed.IsCancellationRequested)
                    Lines.Write(one, clock);
            };
        }

        public override void Close()
        {
            closed.Cancel();
            shown.GetAwaiter().GetResult();
        }

        Task Show() => AnsiConsole.Live(TableOf(Board.Now.Resources)).StartAsync(async live =>
        {
            do
            {
                live.UpdateTarget(TableOf(Board.Now.Resources));
                await Task.Delay(100, closed.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            while (!closed.IsCancellationRequested);
            live.UpdateTarget(TableOf(Board.Now.Resources));
        });
    }
}
