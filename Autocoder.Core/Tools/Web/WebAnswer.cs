namespace Autocoder.Core.Tools.Web;

/// <summary>What a server answered.</summary>
/// <param name="Address">Whose answer it is, after redirects.</param>
/// <param name="Status">The status of HTTP.</param>
/// <param name="MediaType">In small letters; empty when the server does not say.</param>
/// <param name="Charset">As the server names it; empty when it does not.</param>
/// <param name="Body">At most <see cref="WebFetcher.MaxBytes"/>; empty where it was not read.</param>
/// <param name="IsCut">Whether there was more.</param>
/// <param name="LeadsTo">Another place the server sends to, which was not fetched; null for none.</param>
internal sealed record WebAnswer(Uri Address, int Status, string MediaType, string Charset, byte[] Body, bool IsCut, Uri? LeadsTo = null);
