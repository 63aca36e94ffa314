namespace Autocoder.Web.Commands;

/// <summary>What can be done on the page right now. Parts of the page offer commands while they are there; of several offers the newest counts.</summary>
/// <remarks>One for each circuit, to be used on its dispatcher.</remarks>
public sealed class CommandDesk
{
    private readonly List<Offering> _offerings = [];

    /// <summary>Whether the keyboard is a Mac's; known once the browser has said so.</summary>
    public bool IsMac { get; private set; }

    /// <summary>Raised when other commands can be run than before.</summary>
    public event Action? Changed;

    /// <summary>The commands that can be run, in the order of the catalogue.</summary>
    public IReadOnlyList<Command> Available => [.. CommandCatalog.All.Where(command => CanRun(command.Id))];

    /// <summary>Offers a command.</summary>
    /// <param name="run">Gets the words a person wrote after it; mostly none.</param>
    /// <param name="canRun">Whether it makes sense now. Call <see cref="Refresh"/> when the answer changes.</param>
    /// <returns>Dispose it to offer the command no longer.</returns>
    public IDisposable Offer(string commandId, Func<string, Task> run, Func<bool>? canRun = null)
    {
        var offering = new Offering(this, commandId, run, canRun ?? (() => true));
        _offerings.Add(offering);
        Changed?.Invoke();
        return offering;
    }

    /// <summary>Whether a command can be run now.</summary>
    public bool CanRun(string commandId) => Newest(commandId) is not null;

    /// <summary>Runs a command.</summary>
    /// <returns>False when nobody offers it now.</returns>
    public async Task<bool> RunAsync(string commandId, string words = "")
    {
        if (Newest(commandId) is not { } offering)
        {
            return false;
        }

        await offering.Run(words);
        return true;
    }

    /// <summary>Says what keyboard there is.</summary>
    public void Meet(bool isMac)
    {
        IsMac = isMac;
        Changed?.Invoke();
    }

    /// <summary>Tells that an offer can be run now, or no longer.</summary>
    public void Refresh() => Changed?.Invoke();

    private Offering? Newest(string commandId) => _offerings.LastOrDefault(offering => offering.CommandId == commandId && offering.CanRun());

    private sealed record Offering(CommandDesk Desk, string CommandId, Func<string, Task> Run, Func<bool> CanRun) : IDisposable
    {
        public void Dispose()
        {
            if (Desk._offerings.RemoveAll(offering => ReferenceEquals(offering, this)) > 0)
            {
                Desk.Changed?.Invoke();
            }
        }
    }
}
