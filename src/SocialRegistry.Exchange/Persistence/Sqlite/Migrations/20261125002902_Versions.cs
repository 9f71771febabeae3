using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Exchange.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Versions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NamedVersion",
                table: "exchange_jobs",
                type: "TEXT",
                maxLength: 60,
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "NamedVersion", table: "exchange_jobs");
        }
    }
}
