using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Exchange.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Versions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NamedVersion",
                schema: "exchange",
                table: "jobs",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "NamedVersion", schema: "exchange", table: "jobs");
        }
    }
}
