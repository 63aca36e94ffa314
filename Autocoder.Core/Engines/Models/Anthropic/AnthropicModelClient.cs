using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Attachments;
using global::Anthropic.Models.Messages;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Calls a model over the Messages API, through the official SDK.</summary>
/// <remarks>Settings are read anew for each call. A call that fails in a way that passes is repeated, visibly; see <see cref="AnsweredSoFar"/>.</remarks>
public sealed class AnthropicModelClient : IModelClient, IDisposable
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>();

    private readonly BlobStore _blobs;
    private readonly IOptionsMonitor<AnthropicOptions> _options;
    private readonly TimeProvider _clock;
    private readonly RestingModels _resting;
    private readonly SocketsHttpHandler _sockets = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false };

    public AnthropicModelClient(BlobStore blobs, IOptionsMonitor<AnthropicOptions> options, TimeProvider clock)
    {
        _blobs = blobs;
        _options = options;
        _clock = clock;
        _resting = new RestingModels(clock);
    }

    /// <summary>The connections all calls share.</summary>
    internal HttpMessageHandler Sockets => _sockets;

    /// <inheritdoc/>
    public Task<int?> GetContextWindowAsync(string? variant, CancellationToken cancellationToken) =>
        Task.FromResult<int?>(Settings().ContextWindow);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = Settings();
        if (options.IsOwnAddress && options.ApiKey.Length == 0 && options.AuthToken.Length == 0)
        {
            throw new EngineException(
                "key_missing",
                "There is no key for the Messages API, so no model was asked. Put one into the settings or into ANTHROPIC_API_KEY, or choose another engine.");
        }

        var models = new Queue<string>(_resting.Order(options.ModelOf(request.Variant), options.FallbackModels));
        var answered = new AnsweredSoFar();
        var model = models.Dequeue();
        for (var attempt = 1; ; attempt++)
        {
            using var connection = new AnthropicConnection(options, _sockets);
            await using var attemptAtIt = new Attempt(this, connection, options, request, model, cancellationToken);
            while (await attemptAtIt.MoveNextAsync().ConfigureAwait(false))
            {
                foreach (var piece in answered.Pass(attemptAtIt.Current))
                {
                    yield return piece;
                }
            }

            if (attemptAtIt.Failure is not { } failure)
            {
                yield break;
            }

            var delay = connection.RetryAfter ?? Backoff(attempt, options);
            if (!failure.Passes || attempt > options.MaxRetries || delay > options.MaxRetryDelay)
            {
                if (!failure.IsOverload || models.Count == 0)
                {
                    throw new EngineException(failure.Code, $"{failure.Text} {failure.Advice}");
                }

                _resting.Rest(model, options.RestTime);
                yield return new ModelEvent.Warning("model_switched", $"{failure.Text} {model} is left alone for a while; {models.Peek()} takes over.");
                (model, attempt) = (models.Dequeue(), 0);
                answered.Repeat();
                continue;
            }

            yield return new ModelEvent.Retrying(attempt, delay, failure.Code, failure.Text);
            await Task.Delay(delay, _clock, cancellationToken).ConfigureAwait(false);
            answered.Repeat();
        }
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose() => _sockets.Dispose();

    private AnthropicOptions Settings()
    {
        try
        {
            var settings = _options.CurrentValue;
            return settings.AddressProblem is { } problem ? throw new EngineException("settings_invalid", $"{problem} {AnthropicEnvironment.Advice}") : settings;
        }
        catch (OptionsValidationException exception)
        {
            throw new EngineException("settings_invalid", $"{string.Join(' ', exception.Failures)} No model was asked.", exception);
        }
    }

    // Between three quarters and five quarters, so that many who failed together do not come back together.
    private static TimeSpan Backoff(int attempt, AnthropicOptions options)
    {
        var wanted = options.RetryDelay * Math.Pow(2, Math.Min(attempt - 1, 20)) * (0.75 + (Random.Shared.NextDouble() / 2));
        return wanted < options.MaxRetryDelay ? wanted : options.MaxRetryDelay;
    }

    /// <summary>One call. Its end without <see cref="Failure"/> is a whole answer.</summary>
    private sealed class Attempt : IAsyncDisposable
    {
        private readonly AnthropicOptions _options;
        private readonly string _model;
        private readonly CancellationToken _stopping;
        private readonly CancellationTokenSource _silence;
        private readonly CancellationTokenSource _either;
        private readonly IAsyncEnumerator<RawMessageStreamEvent> _events;
        private readonly MessageReader _reader;
        private readonly Queue<ModelEvent> _ready = new();
        private bool _isWhole;

        public Attempt(
            AnthropicModelClient owner, AnthropicConnection connection, AnthropicOptions options, ModelRequest request, string model, CancellationToken stopping)
        {
            _options = options;
            _model = model;
            _stopping = stopping;
            _silence = new CancellationTokenSource(options.SilenceLimit, owner._clock);
            _either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _silence.Token);
            _reader = new MessageReader(model, options);
            _events = StreamAsync(owner._blobs, connection, options, request, model, _either.Token).GetAsyncEnumerator(_either.Token);
        }

        public ModelEvent Current { get; private set; } = null!;

        public ModelFailure? Failure { get; private set; }

        public async Task<bool> MoveNextAsync()
        {
            while (_ready.Count == 0)
            {
                if (_isWhole || !await TakeAsync().ConfigureAwait(false))
                {
                    return false;
                }
            }

            Current = _ready.Dequeue();
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            // An enumerator that was cancelled may throw once more on its way out.
            try
            {
                await _either.CancelAsync().ConfigureAwait(false);
                await _events.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
            {
                // The call is over either way.
            }

            _either.Dispose();
            _silence.Dispose();
        }

        private async Task<bool> TakeAsync()
        {
            try
            {
                if (!await _events.MoveNextAsync().ConfigureAwait(false))
                {
                    Failure = ModelFailure.Cut;
                    return false;
                }

                _silence.CancelAfter(_options.SilenceLimit);
                foreach (var piece in _reader.Read(_events.Current.Json))
                {
                    _isWhole |= piece is ModelEvent.Completed;
                    _ready.Enqueue(piece);
                }

                return true;
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                throw new OperationCanceledException(_stopping);
            }
            catch (Exception) when (_silence.IsCancellationRequested)
            {
                Failure = ModelFailure.Silence(_options.SilenceLimit);
                return false;
            }
            catch (Exception exception) when (ModelFailure.Of(exception, _model, _options) is { } failure)
            {
                Failure = failure;
                return false;
            }
        }

        private static async IAsyncEnumerable<RawMessageStreamEvent> StreamAsync(
            BlobStore blobs, AnthropicConnection connection, AnthropicOptions options, ModelRequest request, string model,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var body = await new RequestBody(blobs, options).WriteAsync(request, model, cancellationToken).ConfigureAwait(false);
            var parameters = MessageCreateParams.FromRawUnchecked(Nothing, Nothing, body);
            await foreach (var next in connection.Client.Messages.CreateStreaming(parameters, cancellationToken).ConfigureAwait(false))
            {
                yield return next;
            }
        }
    }
}
