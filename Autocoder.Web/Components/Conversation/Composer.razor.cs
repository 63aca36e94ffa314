using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Web.Commands;
using Autocoder.Web.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Autocoder.Web.Components.Conversation;

/// <summary>Where a person writes. Never disabled because something runs: what is sent then waits in the queue.</summary>
public sealed partial class Composer(IJSRuntime js, Handoff handoff, CommandDesk desk) : ComponentBase, IAsyncDisposable
{
    /// <summary>Longest message, in UTF-16 units.</summary>
    public const int LongestText = 400_000;

    /// <summary>Most attachments of one message.</summary>
    public const int MostAttachments = 10;

    private readonly string _id = $"composer-{Guid.NewGuid():N}";
    private readonly List<Attachment> _attachments = [];
    private readonly List<Upload> _uploads = [];
    private readonly CancellationTokenSource _closing = new();
    private ElementReference _root;
    private DotNetObjectReference<Composer>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _box;
    private string? _key;
    private bool _isEmpty = true;
    private bool _isOver;
    private bool _isSending;
    private bool _planFirst;
    private string? _problem;

    /// <summary>Names the draft: one for each conversation.</summary>
    [Parameter, EditorRequired]
    public required string DraftKey { get; set; }

    /// <summary>Sends. Returns null when it is kept, otherwise a sentence that says why not; the text then stays.</summary>
    [Parameter, EditorRequired]
    public required Func<ComposerSubmission, Task<string?>> SendAsync { get; set; }

    [Parameter]
    public bool IsRunning { get; set; }

    [Parameter]
    public bool IsStopping { get; set; }

    /// <summary>Whether what is written answers a question that waits, so that it is not queued.</summary>
    [Parameter]
    public bool IsAnswer { get; set; }

    /// <summary>Whether one can ask for a plan before anything is changed.</summary>
    [Parameter]
    public bool OffersPlan { get; set; }

    [Parameter]
    public EventCallback OnStop { get; set; }

    [Parameter]
    public bool AllowAttachments { get; set; }

    [Parameter]
    public string Placeholder { get; set; } = "Write a message…";

    [Parameter]
    public string SendWord { get; set; } = "Send";

    [Parameter]
    public string Hint { get; set; } = "Enter sends, Shift+Enter makes a line";

    private bool Queues => IsRunning && !IsAnswer;

    /// <summary>Puts a text in front of what is written, for a suggestion or a withdrawn prompt.</summary>
    public async Task InsertAsync(string text)
    {
        if (_box is not null)
        {
            await _box.InvokeVoidAsync("insert", text);
        }
    }

    /// <summary>Moves the focus here.</summary>
    public async Task FocusAsync()
    {
        if (_box is not null)
        {
            await _box.InvokeVoidAsync("focus");
        }
    }

    /// <summary>Called by the browser when the text becomes empty, not empty, too long, or short enough again.</summary>
    [JSInvokable]
    public void TextChanged(bool isEmpty, bool isOver)
    {
        (_isEmpty, _isOver) = (isEmpty && _attachments.Count == 0, isOver);
        if (!isOver)
        {
            _problem = null;
        }

        StateHasChanged();
    }

    /// <summary>Called by the browser when it begins to upload; false when there are too many.</summary>
    [JSInvokable]
    public bool UploadStarted(string id, string name)
    {
        var isTooMany = _attachments.Count + _uploads.Count(upload => upload.Problem is null) >= MostAttachments;
        _uploads.Add(new Upload(id, name, isTooMany ? $"A message takes at most {MostAttachments} attachments; this one was left out." : null));
        StateHasChanged();
        return !isTooMany;
    }

    /// <summary>Called by the browser when an upload is over, with the attachment or with a sentence that says why not.</summary>
    [JSInvokable]
    public async Task UploadEndedAsync(string id, Attachment? attachment, string? problem)
    {
        var at = _uploads.FindIndex(upload => upload.Id == id);
        if (at < 0)
        {
            return;
        }

        if (attachment is null)
        {
            _uploads[at] = _uploads[at] with { Problem = problem ?? "could not be uploaded. Try again." };
        }
        else
        {
            if (_attachments.Sum(known => known.Length) + attachment.Length > AttachmentLimits.TotalBytes)
            {
                _uploads[at] = _uploads[at] with { Problem = $"was left out: all attachments of a message together have at most {Words.Size(AttachmentLimits.TotalBytes)}." };
                StateHasChanged();
                return;
            }

            _uploads.RemoveAt(at);
            if (_attachments.TrueForAll(known => known.BlobHash != attachment.BlobHash))
            {
                _attachments.Add(attachment);
            }

            _isEmpty = false;
            await KeepAttachmentsAsync();
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _closing.Dispose();
        try
        {
            if (_box is not null)
            {
                await _box.InvokeVoidAsync("dispose");
                await _box.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and with it what it held.
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_key == DraftKey)
        {
            return;
        }

        var isFirst = _key is null;
        _key = DraftKey;
        if (isFirst)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.InvokeAsync<IJSObjectReference>("import", "./Components/Conversation/Composer.razor.js");
            _box = await _module.InvokeAsync<IJSObjectReference>("create", _root, _self, LongestText);
        }

        if (_box is not null && await _box.InvokeAsync<Draft?>("open", _key) is { } draft)
        {
            _attachments.Clear();
            _attachments.AddRange(draft.Attachments ?? []);
            _uploads.Clear();
            (_isEmpty, _isOver, _problem) = (draft.IsEmpty && _attachments.Count == 0, draft.IsOver, null);
            StateHasChanged();
            if (handoff.Take(_key) is { } handed)
            {
                await InsertAsync(handed);
            }
        }
    }

    private Task PlanAsync()
    {
        _planFirst = !_planFirst;
        return FocusAsync();
    }

    // Ctrl+Enter was pressed in the browser, which alone knows.
    private async Task SubmitAsync() =>
        await SendAsAsync(Queues && _box is not null && await _box.InvokeAsync<bool>("steers") ? PromptDelivery.Steer : PromptDelivery.Queue);

    private async Task SendAsAsync(PromptDelivery delivery)
    {
        if (_isSending || _box is null || _isOver)
        {
            _problem = _isOver ? TooLong : _problem;
            return;
        }

        if (_uploads.Any(upload => upload.Problem is null))
        {
            _problem = "An upload is still going on. Send when it is done, or remove it.";
            return;
        }

        _isSending = true;
        try
        {
            if (await ReadAsync() is { } written)
            {
                if (await TryCommandAsync(written))
                {
                    return;
                }

                var submission = WithPlan(written with { Delivery = delivery, PlanFirst = _planFirst && OffersPlan });
                _problem = await TrySendAsync(submission);
                if (_problem is null)
                {
                    _attachments.Clear();
                    (_isEmpty, _planFirst) = (true, false);
                    await _box.InvokeVoidAsync("sent", submission.PromptId);
                }
            }
        }
        finally
        {
            _isSending = false;
        }
    }

    // As a stream: one message over the circuit has a limit, and a pasted file may be longer.
    private async Task<ComposerSubmission?> ReadAsync()
    {
        const int LongestInBytes = 4 * LongestText;
        var promptId = await _box!.InvokeAsync<Guid>("promptId");
        var reference = await _box!.InvokeAsync<IJSStreamReference>("read");
        await using var _ = reference;
        await using var stream = await reference.OpenReadStreamAsync(LongestInBytes);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        if (text.Length > LongestText)
        {
            _problem = TooLong;
            return null;
        }

        return string.IsNullOrWhiteSpace(text) && _attachments.Count == 0 ? null : new ComposerSubmission(promptId, text, [.. _attachments]);
    }

    private async Task<string?> TrySendAsync(ComposerSubmission submission)
    {
        try
        {
            return await SendAsync(submission);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it was: the text is still in the box, and sending it again is harmless.
            return exception is Core.Persistence.StorageException
                ? exception.Message : "This could not be sent. Your text is still here: try again.";
        }
    }

    private async Task RemoveAsync(Attachment attachment)
    {
        _attachments.Remove(attachment);
        await KeepAttachmentsAsync();
    }

    private async Task KeepAttachmentsAsync()
    {
        if (_box is not null)
        {
            _isEmpty = await _box.InvokeAsync<bool>("keep", _attachments) && _attachments.Count == 0;
        }
    }

    private static string TooLong =>
        $"A message has at most {Words.Count(LongestText, "character")}. Shorten it, or attach the text as a file; nothing of it is lost.";

    private sealed record Upload(string Id, string Name, string? Problem);

    private sealed record Draft(bool IsEmpty, bool IsOver, List<Attachment>? Attachments);
}
