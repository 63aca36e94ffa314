using System.Globalization;
using Autocoder.Core.Assistant;
using Autocoder.Core.Projects;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Pages.Files;

/// <summary>Shows a text file of a project around a line, and finds in all of it.</summary>
public sealed partial class FileView(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private const int MostFound = 10_000;

    private readonly CancellationTokenSource _closing = new();
    private IJSObjectReference? _module;
    private ViewedFile? _file;
    private FileWindow _window = FileWindow.Empty;
    private List<int> _found = [];
    private string _shownPath = "";
    private (Guid Project, string Path, int Line)? _shown;
    private string _words = "";
    private int _at = -1;
    private int? _goTo;
    private bool _wraps;

    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>As the address has it.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    /// <summary>The line to show; less than 1 for none.</summary>
    [Parameter]
    public int Line { get; set; }

    /// <summary>The last line that belongs to it; less than <see cref="Line"/> for that one only.</summary>
    [Parameter]
    public int LastLine { get; set; }

    private int? CurrentLine => _at >= 0 && _at < _found.Count ? _found[_at] : null;

    private string FoundText => _words.Length == 0 ? ""
        : _found.Count == 0 ? "Not found"
        : string.Create(CultureInfo.InvariantCulture, $"{_at + 1} of {(_found.Count == MostFound ? "more than " : "")}{_found.Count:N0} {(_found.Count == 1 ? "line" : "lines")}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _closing.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Project.Id, Path, Line))
        {
            return;
        }

        _shown = (Project.Id, Path, Line);
        (_file, _shownPath, _words, _found, _at) = (null, Path, "", [], -1);
        try
        {
            _file = await ReadAsync();
            _shownPath = _file.Path;
            _window = FileWindow.Around(_file.Lines, Line);
            _goTo = Line > 0 ? Math.Min(Line, _file.Lines.Count) : null;
        }
        catch (OperationCanceledException)
        {
            // The page was closed meanwhile.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_goTo is not { } line)
        {
            return;
        }

        _goTo = null;
        try
        {
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/Files/FileView.razor.js");
            await _module.InvokeVoidAsync("show", FileWindow.IdOf(line));
        }
        catch (JSDisconnectedException)
        {
            // Nobody looks any more.
        }
    }

    private async Task<ViewedFile> ReadAsync()
    {
        if (Path.Length == 0)
        {
            return new ViewedFile("", [], "The address names no file. Follow a link in an answer, or add ?path= and the file.");
        }

        try
        {
            return await ViewedFile.ReadAsync(ProjectFolder.Open(Project.Folder), Path, _closing.Token);
        }
        catch (ProjectFileException exception)
        {
            return new ViewedFile(Path, [], exception.Message);
        }
    }

    private Task FindAsync(ChangeEventArgs change)
    {
        _words = change.Value as string ?? "";
        _found = _words.Length == 0 ? []
            : [.. _file!.Lines.Index().Where(line => line.Item.Contains(_words, StringComparison.OrdinalIgnoreCase)).Take(MostFound).Select(line => line.Index + 1)];

        // From where one reads, not from the top.
        _at = _found.FindIndex(line => line >= Math.Max(Line, _window.First));
        _at = _at < 0 && _found.Count > 0 ? 0 : _at;
        return GoAsync();
    }

    private Task FindNextAsync() => StepAsync(1);

    private Task FindBackAsync(KeyboardEventArgs key) => key is { Key: "Enter", ShiftKey: true } ? StepAsync(-2) : Task.CompletedTask;

    private Task StepAsync(int step)
    {
        _at = _found.Count == 0 ? -1 : (_at + step + (2 * _found.Count)) % _found.Count;
        return GoAsync();
    }

    private Task GoAsync() => CurrentLine is { } line ? MoveAsync(line) : Task.CompletedTask;

    private Task MoveAsync(int line)
    {
        if (line < _window.First || line > _window.Last)
        {
            _window = FileWindow.Around(_file!.Lines, line);
        }

        _goTo = line;
        return Task.CompletedTask;
    }
}
