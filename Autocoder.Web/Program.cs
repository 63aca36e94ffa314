using Autocoder.Core.Persistence;
using Autocoder.Web.Hosting;
using Microsoft.Extensions.Options;

try
{
    await using var app = AutocoderApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (StorageException exception)
{
    return Refuse(exception.Message);
}
catch (OptionsValidationException exception)
{
    return Refuse($"A setting is wrong: {string.Join(" ", exception.Failures)}");
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    return Refuse($"{exception.Message} Another program uses this port. Stop it, or start with --Autocoder:Port=<another one>.");
}

// A person reads this: one sentence, no stack.
static int Refuse(string sentence)
{
    Console.Error.WriteLine($"Autocoder did not start. {sentence}");
    return 1;
}

/// <summary>The entry point, named so that tests can find the application.</summary>
public partial class Program;
