namespace MiStore.Local;

/// <summary>
/// Ports that a stack has chosen and that nobody listens on yet. A stack takes some twenty of them and several stacks may
/// start at once, so that now and then two would choose the same one: each claims its own by a lock on a byte of one file,
/// which ends with the process, however it ends.
/// </summary>
sealed class PortClaims
{
    static readonly string SharedFile = Path.Combine(Path.GetTempPath(), $"mistore-ports-{Environment.UserName}");

    readonly Dictionary<int, string> own = [];
    FileStream? shared;

    /// <summary>False when this stack has it under another name, or another stack of this user has it.</summary>
    public bool TryClaim(int port, string name)
    {
        if (!own.TryAdd(port, name))
            return own[port] == name;
        // macOS locks whole files only. There, and where the file cannot be had, stacks may still meet, and one of them says so.
        if (OperatingSystem.IsMacOS())
            return true;

        try
        {
            shared ??= new FileStream(SharedFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return true;
        }

        try
        {
            shared.Lock(port, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
