namespace MiStore.Gateway.Live;

/// <summary>
/// A line of frames that any number of readers go along, each at its own pace: a frame is made once, and a reader costs
/// nothing but the place where it stands. One writer at a time.
/// </summary>
public sealed class Broadcast
{
    /// <summary>Where a reader stands: after <see cref="Frame"/>, and before what comes next.</summary>
    public sealed class Place(byte[] frame)
    {
        readonly TaskCompletionSource<Place> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[] Frame => frame;

        public Task<Place> Next => next.Task;

        internal void Lead(Place to) => next.SetResult(to);
    }

    public Place Last { get; private set; } = new([]);

    public Place Send(byte[] frame)
    {
        var place = new Place(frame);
        var before = Last;
        Last = place;
        before.Lead(place);
        return place;
    }
}
