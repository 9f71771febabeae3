using Microsoft.Extensions.Options;
using SocialRegistry.Protection;

namespace SocialRegistry.Host.Commands;

/// <summary>What an operator can mend is one clear line and exit status 1, not a stack trace.</summary>
internal static class Failures
{
    public static async Task<int> ReportAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e)
            when (e is OperatorException or KeyStoreException or FileNotFoundException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync("socialregistry: " + e.Message);
            return 1;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync("socialregistry: " + string.Join(" ", e.Failures));
            return 1;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync("socialregistry: " + e.Message);
            return 1;
        }
    }
}

/// <summary>Something the operator has to mend; the message says what to do.</summary>
internal sealed class OperatorException(string message) : Exception(message);
