using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Demo;

/// <summary>What the demo prints before it goes on serving.</summary>
internal static class DemoGreeting
{
    public static void Print(WebApplication app, DemoFolder folder, DemoSecrets secrets)
    {
        Console.WriteLine();
        RegistryServer.PrintAddresses(app);
        Console.WriteLine($"Partner   {DemoSecrets.Partner} / {secrets.PartnerSecret}");
        foreach (var staff in secrets.Staff)
        {
            Console.WriteLine($"Staff     {staff.User} / {staff.Password}   ({string.Join(", ", staff.Roles)})");
        }

        Console.WriteLine($"Person    {DemoSecrets.Person} / {secrets.PersonPassword}");
        Console.WriteLine(
            $"All of it, and an unused credential offer, stands in {folder.Summary}. Press Ctrl+C to stop."
        );
    }
}
