namespace MiStore.Rehearsal;

/// <summary>The launch that is played, and what it has to be like.</summary>
/// <param name="Units">In the batch.</param>
/// <param name="Buyers">Who want one unit each, and go on until they have a final answer.</param>
/// <param name="Browsers">Who look at the list and at products until the end.</param>
/// <param name="Fillers">Who fill a cart and leave.</param>
/// <param name="Bots">Who order again and again, without a pause and without a quote.</param>
/// <param name="ArriveWithin">Half of the buyers are there in the first tenth of it.</param>
/// <param name="Connections">To the gateway at once, for everybody together.</param>
/// <param name="Sku">What is sold; of the rehearsal market's own stock.</param>
/// <param name="WaitingRoom">Sells in turn.</param>
/// <param name="Seed">Of arrivals and pauses.</param>
public sealed record Plan(
    Uri Url, int Units = 100, int Buyers = 500, int Browsers = 20, int Fillers = 50, int Bots = 2, TimeSpan ArriveWithin = default,
    int Connections = 64, string Sku = "MI-BAND-BLK", bool WaitingRoom = false, int Seed = 1)
{
    /// <summary>A buyer who has no final answer by then, after the opening, never gets one.</summary>
    public TimeSpan Patience => ArriveWithin + TimeSpan.FromMinutes(4);
}

/// <summary>What the owner asks of the launch. That nothing is oversold and the books balance is asked always.</summary>
/// <param name="P99Milliseconds">Of any answer to a buyer, but for those that it asked to be held.</param>
/// <param name="Errors">Answers of 500 and connections that broke; a 503 that says when to come back is none.</param>
public sealed record Goals(double P99Milliseconds = 1000, int Errors = 0);
