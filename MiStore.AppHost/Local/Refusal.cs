namespace MiStore.Local;

/// <summary>Why the stack cannot go on, and what its owner can do, in a line. Nobody needs a stack trace with it.</summary>
sealed class Refusal(string message) : Exception(message)
{
    /// <summary>Also for a setting that AppHost.cs itself cannot read, such as a MISTORE_AT that is no instant.</summary>
    public static void EndsTheProcessInOneLine() => AppDomain.CurrentDomain.UnhandledException += (_, fault) =>
    {
        if (fault.ExceptionObject is not (Refusal or InvalidOperationException))
            return;

        Say((Exception)fault.ExceptionObject);
        Environment.Exit(1);
    };

    public static void Say(Exception why) => Console.Error.WriteLine($"mistore: {why.Message}");
}
